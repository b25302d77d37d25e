// axe-core on every page, in light and dark: WCAG 2.2 AA, best practice, and the experimental rules on tables
// and headings.

import { everyPage } from '../support/suite.mjs'

const options = {
  resultTypes: ['violations'],
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  rules: { 'td-has-header': { enabled: true }, 'table-fake-caption': { enabled: true }, 'p-as-heading': { enabled: true } },
}

for (const scheme of ['light', 'dark']) {
  everyPage(`axe finds nothing (${scheme})`, { scheme }, page => page.evaluate(async options => {
    const { violations } = await axe.run(document, options)
    return violations.flatMap(({ id, nodes }) => nodes.map(node => ({ rule: id, what: node.html.slice(0, 160) })))
  }, options))
}
