// The words in which the areas are written.
//
// `everyPage` says what must hold on all pages. Loading a page costs more than looking at it, so each page is
// loaded once for all areas: then it is shown in one setting after the other, and everyone looks.

import assert from 'node:assert'
import { after, test } from 'node:test'
import { apply, launch, tab } from './browser.mjs'
import { onDisk, pages, serve } from './site.mjs'

const TABS = 4

const browser = await launch()
const site = await serve('/town/reports/')
after(async () => {
  await browser.close()
  site.close()
})

/** The two ways to read the site. Together they prove a sub-path, the bare disk, and life without scripts. */
export const served = { base: site.base, scripts: true }
export const bare = { base: onDisk, scripts: false }

const looks = new Map([[served, []], [bare, []]])
const sweeps = new Map()

/** To be called when all areas have said what they look at: the pages are loaded from then on. */
export let begin
const begun = new Promise(resolve => (begin = resolve))

/**
 * On all pages: `look(page, visit)` returns its findings, `{ rule, what }` each, and there must be none.
 * `setting` is width, scheme, forced, motion, media; `way` is how the site is read.
 */
export function everyPage(name, setting, look, way = served) {
  const mine = { setting, look, findings: [], seen: 0 }
  looks.get(way).push(mine)
  test(name, async t => {
    await begun
    if (!sweeps.has(way)) sweeps.set(way, sweep(way))
    await sweeps.get(way)
    t.diagnostic(`${mine.seen} pages, ${mine.findings.length} findings`)
    none(mine.findings)
    assert.equal(mine.seen, pages.length, 'not all pages were seen')
  })
}

/** On the given pages, each in a tab of its own that the test may use as a reader does. */
export function onPages(name, chosen, setting, use, options) {
  test(name, async t => {
    const findings = []
    for (const address of chosen) {
      const page = await tab(browser, setting, options)
      await page.goto(site.base + encodeURI(address))
      findings.push(...await use(page, address).then(found => found.map(finding => ({ address, ...finding }))))
      await page.context().close()
    }
    t.diagnostic(`${chosen.length} pages, ${findings.length} findings`)
    none(findings)
    assert.ok(chosen.length > 0, 'no page was chosen')
  })
}

async function sweep(way) {
  const waiting = [...pages]
  await Promise.all(Array.from({ length: TABS }, async () => {
    const settings = grouped(looks.get(way), look => JSON.stringify(look.setting))
    const page = await tab(browser, looks.get(way)[0].setting, way)
    const watched = watch(page)
    for (let address; (address = waiting.shift());) {
      const visit = { address, base: way.base, ...watched.begin() }
      await page.goto(way.base + encodeURI(address))
      for (const group of settings.values()) {
        await apply(page, group[0].setting)
        for (const one of group) {
          const found = await one.look(page, visit)
          one.findings.push(...found.map(finding => ({ address, ...finding })))
          one.seen += 1
        }
      }
    }
    await page.context().close()
  }))
}

/** Notes what a page asks for and what it complains about. */
function watch(page) {
  let now
  page.on('request', request => now.requests.push(request.url()))
  page.on('requestfailed', request => now.complaints.push(`failed: ${request.url()}`))
  page.on('response', response => response.status() < 400 || now.complaints.push(`${response.status()}: ${response.url()}`))
  page.on('console', message => now.complaints.push(`${message.type()}: ${message.text()}`))
  page.on('pageerror', error => now.complaints.push(`error: ${error.message}`))
  return { begin: () => (now = { requests: [], complaints: [] }) }
}

function grouped(items, key) {
  const groups = new Map()
  for (const item of items) groups.set(key(item), [...groups.get(key(item)) ?? [], item])
  return groups
}

/** Fails with the findings gathered by rule: how often, on how many pages, and where the first ones are. */
function none(findings) {
  const said = [...grouped(findings, finding => finding.rule)].map(([rule, found]) => {
    const places = found.slice(0, 4).map(({ address, what }) => `    ${address}  ${what}`)
    return [`  ${rule}: ${found.length} on ${new Set(found.map(f => f.address)).size} pages`, ...places].join('\n')
  })
  if (said.length) assert.fail(said.join('\n'))
}
