// axe-core: WCAG 2.2 AA, best practice, and the experimental rules on tables and headings. It takes longer than all other
// looks together, so it has a sample: what it finds comes of templates, and contrast.mjs and ministry.mjs look at every page
// for what comes of content. Whole strategies for paper repeat what is on other pages. What is dark differs from what is
// light in its colours alone.

import { kind } from '../support/site.mjs'
import { somePages } from '../support/suite.mjs'

const light = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  rules: { 'td-has-header': { enabled: true }, 'table-fake-caption': { enabled: true }, 'p-as-heading': { enabled: true } },
}
const dark = { runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } }
const pages = site => site.sample().filter(page => kind(page) !== 'print')

for (const [scheme, rules] of Object.entries({ light, dark })) {
  somePages(`axe finds nothing (${scheme})`, pages, { scheme }, page => page.evaluate(async options => {
    const { violations } = await axe.run(document, options)
    return violations.flatMap(({ id, nodes }) => nodes.map(node => ({ rule: id, what: node.html.slice(0, 160) })))
  }, { ...rules, resultTypes: ['violations'], selectors: false, preload: false }))
}
