// Looks at every page of a built site in a real Chromium.
//
//     SHIRUBE_ENGLISH=<the same site in English> SHIRUBE_HOSTILE=<sites of content with payloads> \
//     node --test-reporter=./tests/browser/support/reporter.mjs tests/browser/run.mjs <site> [area …]
//
// `cargo xtask browser [area …]` installs what this needs, builds the sites and runs it. Without areas, all of them.
// The order is that of their looks: what is measured at loading comes first, what was noted meanwhile last.
// With SHIRUBE_ALL_FINDINGS=1 every finding is printed, not only the first ones of each rule.

import { begin, provenOnBrokenPages } from './support/suite.mjs'

const areas = ['weight', 'charts', 'axe', 'ministry', 'contrast', 'reflow', 'viewports', 'keyboard', 'lists', 'preferences', 'print', 'ways', 'search', 'languages', 'hostile', 'alone']

const [, , , ...chosen] = process.argv
const unknown = chosen.filter(area => !areas.includes(area))
if (unknown.length) throw new Error(`no area ${unknown.join(', ')}; there are ${areas.join(', ')}`)

for (const area of areas) {
  if (chosen.length === 0 || chosen.includes(area)) await import(`./areas/${area}.mjs`)
}
provenOnBrokenPages()
begin()
