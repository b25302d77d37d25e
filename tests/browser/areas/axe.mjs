// axe-core: WCAG 2.2 AA, best practices, and the experimental rules on tables and headings. It takes longer than all
// other checks together, so it runs on the largest page of each kind: its findings are mostly caused by templates, and
// contrast.mjs and michecker.mjs check many more pages for problems caused by content. Campaigns run it on all pages.
// Print documents repeat the content of other pages.

import { kind } from '../support/site.mjs'
import { somePages } from '../support/suite.mjs'

const light = {
  runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  rules: { 'td-has-header': { enabled: true }, 'table-fake-caption': { enabled: true }, 'p-as-heading': { enabled: true } },
}
const dark = { runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] } }
const parts = pages => pages.filter(page => kind(page) !== 'print')
const sets = {
  light: [site => parts(site.smallSample()), light],
  dark: [site => parts(site.smallSample()), dark],
}

for (const [scheme, [pages, rules]] of Object.entries(sets)) {
  somePages(`axe reports no violations (${scheme})`, pages, { scheme }, page => page.evaluate(async options => {
    const { violations } = await axe.run(document, options)
    return violations.flatMap(({ id, nodes }) => nodes.map(node => ({ rule: id, what: node.html.slice(0, 160) })))
  }, { ...rules, resultTypes: ['violations'], selectors: false, preload: false }))
}
