// Entry point of the browser tests: checks the pages of a built site in Chromium.
//
//     SHIRUBE_ENGLISH=<the same site in English> SHIRUBE_HOSTILE=<sites of content with payloads> \
//     SHIRUBE_LARGE=<the site of a large city> SHIRUBE_NATION=<a site of many strategies> \
//     SHIRUBE_SINGLE=<a site with one strategy> \
//     SHIRUBE_EMBED=<a site with charts to embed> \
//     node --test-reporter=./tests/browser/support/reporter.mjs tests/browser/run.mjs <site> [area …]
//
// `cargo xtask browser [area …]` installs the dependencies, builds the sites and runs this. All areas run by default.
// Areas run in the order below: measurements during loading come first, the evaluation of collected notes last.
// Checks of every page run on a quarter of the pages; with SHIRUBE_ALL_PAGES=1 all checks run on all pages.
// SHIRUBE_ALL_FINDINGS=1 prints every finding instead of the first ones of each rule.

import { checkBrokenPages, start } from './support/suite.mjs'

const areas = ['weight', 'charts', 'axe', 'michecker', 'contrast', 'reflow', 'viewports', 'keyboard', 'lists', 'downloads', 'preferences', 'print', 'breadcrumbs', 'home', 'overviews', 'search', 'languages', 'hostile', 'large', 'nation', 'embed', 'self-contained']

const [, , , ...chosen] = process.argv
const unknown = chosen.filter(area => !areas.includes(area))
if (unknown.length) throw new Error(`unknown area ${unknown.join(', ')}; areas: ${areas.join(', ')}`)

for (const area of areas) {
  if (chosen.length === 0 || chosen.includes(area)) await import(`./areas/${area}.mjs`)
}
checkBrokenPages()
start()
