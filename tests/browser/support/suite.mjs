// Test framework of the areas.
//
// `everyPage` declares checks of every page (of a sample of the pages, unless SHIRUBE_ALL_PAGES=1), `onPages`
// interactions on some pages, `wholeSite` checks across pages.
// Loading a page and changing its width or colours is more expensive than checking it, so each page is loaded once for
// all areas; then all checks run in one setting after the other.
//
// Finally all checks run on the pages of `broken/`, and must find exactly the faults that each of them declares.

import assert from 'node:assert'
import { availableParallelism } from 'node:os'
import { after, test } from 'node:test'
import { apply, browser, tab, usual } from './browser.mjs'
import { broken, grouped, site } from './site.mjs'

const TABS = availableParallelism() + 1

await Promise.all([site.serve(), broken.serve()])
after(async () => {
  await browser.close()
  for (const one of [site, broken]) one.close()
})

/** The two modes of access. Together they cover a base path, file: URLs, and disabled scripts. */
export const served = { base: site => site.served, scripts: true }
export const fromDisk = { base: site => site.fileUrl, scripts: false }

const checks = []
const interactions = []
const siteChecks = []

/** Starts loading pages; to be called after all areas have declared their checks. */
export let start
const started = new Promise(resolve => (start = resolve))

/**
 * Declares a check of every page of `site.checked()`: `check(page, visit)` returns findings `{ rule, what }`, each of which fails the test.
 * `setting` contains width, scheme, forced, motion and media; `access` is the mode of access.
 */
export function everyPage(name, setting, check, access = served) {
  declareCheck(name, site => site.checked(), setting, check, access)
}

/** Declares a check of a sample of the pages; for checks in many settings. */
export function samplePages(name, setting, check) {
  declareCheck(name, site => site.sample(), setting, check, served)
}

/** Declares a check of the pages that `choose(site)` returns. */
export function somePages(name, choose, setting, check) {
  declareCheck(name, choose, setting, check, served)
}

function declareCheck(name, choose, setting, check, access) {
  const mine = { name, choose, setting: { ...usual, ...setting }, check, access }
  checks.push(mine)
  test(name, async t => {
    await started
    const { seen, findings, milliseconds } = (await swept(site, access)).get(mine)
    t.diagnostic(`${seen} pages, ${findings.length} findings, ${(milliseconds / 1000).toFixed(1)} s`)
    none(findings)
    assert.equal(seen, choose(site).length, 'not all pages were checked')
  })
}

/** Declares an interaction with the pages that `choose(site)` returns, each freshly loaded. */
export function onPages(name, choose, setting, interact) {
  const mine = { name, choose, setting: { ...usual, ...setting }, interact }
  interactions.push(mine)
  test(name, async t => {
    await started
    await swept(site, served)
    const startTime = performance.now()
    const findings = await interacted(site, mine)
    const pages = choose(site)
    t.diagnostic(`${pages.length} pages, ${findings.length} findings, ${((performance.now() - startTime) / 1000).toFixed(1)} s`)
    none(findings)
    assert.ok(pages.length > 0, 'no page was chosen')
  })
}

/** Declares a check of the whole site: `check(site)` returns `count`, a description of the checked items, and
 *  `findings`, each with the `address` of a page. It may use the notes of earlier checks in `site.notes`. */
export function wholeSite(name, check) {
  siteChecks.push({ name, check })
  test(name, async t => {
    await started
    await swept(site, served)
    const { count, findings } = check(site)
    t.diagnostic(`${count}, ${findings.length} findings`)
    none(findings)
  })
}

/** Declares the test that all checks find the faults of the broken pages, and nothing else. */
export function checkBrokenPages() {
  test('exactly the declared faults of the broken pages are found', async t => {
    await started
    const found = new Map(broken.pages.map(page => [page, new Set()]))
    const note = (name, findings) => findings.forEach(({ address, rule }) => found.get(address).add(`${name}: ${rule}`))
    for (const access of [served, fromDisk]) {
      for (const [check, { findings }] of await swept(broken, access)) note(check.name, findings)
    }
    for (const interaction of interactions) note(interaction.name, await interacted(broken, interaction))
    for (const { name, check } of siteChecks) note(name, check(broken).findings)

    const names = [...checks, ...interactions, ...siteChecks].map(({ name }) => name)
    const ours = line => names.some(name => line.startsWith(`${name}: `))
    const findings = broken.pages.flatMap(address => {
      const expected = faults(address).filter(ours)
      const seen = [...found.get(address)]
      return [
        ...expected.filter(line => !seen.includes(line)).map(what => ({ address, rule: 'not found', what })),
        ...seen.filter(line => !expected.includes(line)).map(what => ({ address, rule: 'found, but not expected', what })),
      ]
    })
    const all = [...found.values()].flatMap(lines => [...lines])
    const blind = names.filter(name => !all.some(line => line.startsWith(`${name}: `)))
    t.diagnostic(`${broken.pages.length} pages, ${all.length} faults for ${names.length} tests`)
    none([...findings, ...blind.map(what => ({ address: '', rule: 'a test without findings', what }))])
  })
}

/** The faults that a broken page declares in a comment: test and rule, one per line. */
function faults(address) {
  const [, lines = ''] = broken.read(address).toString().match(/<!-- Faults:\n([^]*?)-->/) ?? []
  return lines.split('\n').map(line => line.trim()).filter(Boolean)
}

const sweeps = new Map([[site, new Map()], [broken, new Map()]])

/** The results of all checks on a site in a mode of access; computed once. */
function swept(site, access) {
  const known = sweeps.get(site)
  if (!known.has(access)) known.set(access, sweep(site, access))
  return known.get(access)
}

async function sweep(site, access) {
  const mine = checks.filter(check => check.access === access)
  const results = new Map(mine.map(check => [check, { seen: 0, findings: [], milliseconds: 0 }]))
  const chosen = new Map(mine.map(check => [check, new Set(check.choose(site))]))
  const settings = [...grouped(mine, check => JSON.stringify(check.setting)).values()]
  const waiting = site.pages.filter(page => mine.some(check => chosen.get(check).has(page)))
  await atOnce(async () => {
    if (settings.length === 0) return
    const page = await tab(settings[0][0].setting, { scripts: access.scripts, axe: access.scripts })
    const watched = watch(page)
    for (let address; (address = waiting.shift());) {
      const visit = { site, address, base: access.base(site), ...watched.begin() }
      await apply(page, settings[0][0].setting)
      await page.goto(visit.base + encodeURI(address))
      for (const all of settings) {
        const group = all.filter(check => chosen.get(check).has(address))
        if (group.length === 0) continue
        await apply(page, group[0].setting)
        for (const one of group) {
          const result = results.get(one)
          const startTime = performance.now()
          const found = await one.check(page, visit)
          result.milliseconds += performance.now() - startTime
          result.findings.push(...found.map(finding => ({ address, ...finding })))
          result.seen += 1
        }
      }
    }
    await page.context().close()
  })
  return results
}

async function interacted(site, { choose, setting, interact }) {
  const findings = []
  const waiting = [...choose(site)]
  await atOnce(async number => {
    if (waiting.length === 0) return
    const page = await (interactionTabs[number] ??= tab())
    await apply(page, setting)
    for (let address; (address = waiting.shift());) {
      await page.goto(site.served + encodeURI(address))
      findings.push(...(await interact(page)).map(finding => ({ address, ...finding })))
    }
  })
  return findings
}

/** The tabs of `onPages`, reused because opening a tab is more expensive than loading a page. */
const interactionTabs = []

function atOnce(work) {
  return Promise.all(Array.from({ length: TABS }, (_, number) => work(number)))
}

/** Records requests, failed responses, console messages and errors of a page. */
function watch(page) {
  let now
  page.on('request', request => now.requests.push(request.url()))
  page.on('requestfailed', request => {
    // Browsers load icons late, and abort the request when the tab opens the next page.
    const isAborted = request.failure()?.errorText === 'net::ERR_ABORTED'
    if (!isAborted) now.complaints.push(`failed: ${request.url()}`)
  })
  page.on('response', response => response.status() < 400 || now.complaints.push(`${response.status()}: ${response.url()}`))
  page.on('console', message => now.complaints.push(`${message.type()}: ${message.text()}`))
  page.on('pageerror', error => now.complaints.push(`error: ${error.message}`))
  return { begin: () => (now = { requests: [], complaints: [] }) }
}

/** Fails if there are findings; lists them by rule with counts and the first locations. */
function none(findings) {
  const shown = process.env.SHIRUBE_ALL_FINDINGS ? Infinity : 4
  const reports = [...grouped(findings, finding => finding.rule)].map(([rule, found]) => {
    const places = found.slice(0, shown).map(({ address, what }) => `    ${address}  ${what}`)
    return [`  ${rule}: ${found.length} on ${new Set(found.map(f => f.address)).size} pages`, ...places].join('\n')
  })
  if (reports.length) assert.fail(reports.join('\n'))
}
