// axe-core: WCAG 2.2 AA, best practice, and the experimental rules on tables and headings, on every page. Its rules of
// colours take most of its time, and contrast.mjs computes those of every page: here a sample has to do.

import { everyPage, somePages } from '../support/suite.mjs'

const colours = ['color-contrast', 'link-in-text-block']
const structure = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  rules: {
    'td-has-header': { enabled: true }, 'table-fake-caption': { enabled: true }, 'p-as-heading': { enabled: true },
    ...Object.fromEntries(colours.map(rule => [rule, { enabled: false }])),
  },
}

const finds = options => page => page.evaluate(async options => {
  const { violations } = await axe.run(document, options)
  return violations.flatMap(({ id, nodes }) => nodes.map(node => ({ rule: id, what: node.html.slice(0, 160) })))
}, { ...options, resultTypes: ['violations'], selectors: false, preload: false })

everyPage('axe finds nothing', {}, finds(structure))
for (const scheme of ['light', 'dark']) {
  somePages(`axe finds no fault in colours (${scheme})`, site => site.sample(), { scheme }, finds({ runOnly: { type: 'rule', values: colours } }))
}
