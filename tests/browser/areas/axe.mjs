// axe-core on every page: WCAG 2.2 AA, best practice, and the experimental rules on tables and headings. What
// is dark differs from what is light in its colours alone, so there its rule of colours has to do.

import { everyPage } from '../support/suite.mjs'

const light = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  rules: { 'td-has-header': { enabled: true }, 'table-fake-caption': { enabled: true }, 'p-as-heading': { enabled: true } },
}
const dark = { runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } }

for (const [scheme, rules] of Object.entries({ light, dark })) {
  everyPage(`axe finds nothing (${scheme})`, { scheme }, page => page.evaluate(async options => {
    const { violations } = await axe.run(document, options)
    return violations.flatMap(({ id, nodes }) => nodes.map(node => ({ rule: id, what: node.html.slice(0, 160) })))
  }, { ...rules, resultTypes: ['violations'], selectors: false, preload: false }))
}
