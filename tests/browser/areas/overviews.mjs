// Pages of goals, editions and departments: figures with their year and unit, links that lead to what they count, lists that
// are folded without scripts and open on paper, and tables that are short on phones.

import assert from 'node:assert'
import { test } from 'node:test'
import { apply, tab, usual } from '../support/browser.mjs'
import { site } from '../support/site.mjs'

const PHONE = { ...usual, width: 390 }
const SCREEN = 800

/** Heights of the longest pages on a phone, in screens. */
const MOST_SCREENS = { goal: 8, edition: 8, department: 8 }

const pages = {
  goal: () => site.ofKind('goal'),
  edition: () => site.ofKind('edition'),
  department: () => site.ofKind('departments'),
  folded: () => site.pages.filter(address => site.read(address).includes('class="narrow-fold"')),
}

/** Runs a test on all pages of a kind, in one tab. */
function onEvery(name, kind, setting, use, options = {}) {
  test(name, async t => {
    const page = await tab(setting, options)
    const addresses = pages[kind]()
    assert.ok(addresses.length > 0, `no page of the kind ${kind}`)
    let checked = 0
    for (const address of addresses) {
      await page.goto(site.served + encodeURI(address))
      checked += await use(page, address)
    }
    await page.context().close()
    t.diagnostic(`${addresses.length} pages, ${checked} checked`)
    assert.ok(checked > 0, 'nothing was checked')
  })
}

for (const [kind, most] of Object.entries(MOST_SCREENS)) {
  onEvery(`a page of the kind ${kind} has at most ${most} screens of a phone`, kind, PHONE, async (page, address) => {
    const height = await page.evaluate(() => document.documentElement.scrollHeight)
    assert.ok(height <= most * SCREEN, `${address}: ${(height / SCREEN).toFixed(1)} screens`)
    return 1
  })
}

onEvery('the parts of a goal lead to pages with their name, and their number of programs to the programs', 'goal', usual, async (page, address) => {
  const parts = await page.locator('.branches tbody th a').evaluateAll(links => links.map(link => ({ href: link.href, name: link.textContent.trim() })))
  const counts = await page.locator('.branches a[href$="#programs"]').evaluateAll(links => links.map(link => ({ href: link.href, count: Number.parseInt(link.textContent, 10) })))
  for (const { href, name } of parts) {
    await page.goto(href)
    // Readings above the characters are not part of the name.
    const heading = await page.locator('h1').evaluate(h1 => {
      const copy = h1.cloneNode(true)
      copy.querySelectorAll('rt, rp, wbr').forEach(reading => reading.remove())
      return copy.textContent.trim()
    })
    assert.ok(name.endsWith(heading), `${address}: ${name} leads to ${heading}`)
  }
  for (const { href, count } of counts) {
    await page.goto(href)
    const rows = await page.locator('section.programs tbody tr:not(.row-group), section.programs .lost-rows li').count()
    assert.ok(rows >= count, `${address}: ${count} programs, ${rows} rows at ${href}`)
  }
  return parts.length + counts.length
})

for (const kind of ['goal', 'department']) {
  onEvery(`amounts on pages of the kind ${kind} are next to their kind and year on phones`, kind, PHONE, async (page, address) => {
    const unlabelled = await page.locator('.stacked td.amount:not(.none)').evaluateAll(cells => cells
      .filter(cell => cell.checkVisibility() && !(/(年度|年)/.test(cell.dataset.label ?? '')
        && getComputedStyle(cell, '::before').content.includes(cell.dataset.label)))
      .map(cell => cell.textContent.trim()))
    assert.deepEqual(unlabelled, [], address)
    return page.locator('.stacked td.amount:not(.none)').count()
  })
}

onEvery('two amounts of a part of a goal are beside each other on phones', 'goal', PHONE, async (page, address) => {
  const rows = await page.locator('.branches tbody tr:has(td.amount + td.amount)').evaluateAll(rows => rows.map(row =>
    [...row.querySelectorAll('td.amount')].slice(0, 2).map(cell => Math.round(cell.getBoundingClientRect().top))))
  for (const [first, second] of rows) assert.equal(first, second, address)
  return rows.length
})

onEvery('a folded list of an edition states its number of sheets, and opens with the keyboard without scripts', 'edition', PHONE, async (page, address) => {
  const folds = page.locator('details.folded-list')
  for (let index = 0; index < await folds.count(); index += 1) {
    const fold = folds.nth(index)
    const rows = fold.locator('tbody tr, li')
    assert.ok(await fold.getByRole('heading').isVisible(), `${address}: no heading`)
    const told = Number.parseInt((await fold.locator('summary').textContent()).match(/([0-9]+)件/)?.[1], 10)
    assert.equal(told, await rows.count(), address)
    assert.equal(await rows.first().isVisible(), false, `${address}: not folded`)
    await fold.locator('summary').press('Enter')
    assert.equal(await rows.last().isVisible(), true, `${address}: does not open`)
  }
  return folds.count()
}, { scripts: false })

onEvery('folded lists of an edition are printed', 'edition', { ...usual, width: 688, media: 'print' }, async (page, address) => {
  const hidden = await page.locator('.folded-list :is(tbody tr, li)').evaluateAll(rows =>
    rows.filter(row => !row.checkVisibility({ contentVisibilityAuto: true })).length)
  assert.equal(hidden, 0, address)
  return page.locator('.folded-list').count()
})

onEvery('details that are folded on phones open with the keyboard without scripts', 'folded', PHONE, async (page, address) => {
  const folds = page.locator('details.narrow-fold')
  for (const fold of await folds.all()) {
    const link = fold.getByRole('link').first()
    assert.equal(await link.isVisible(), false, `${address}: not folded`)
    await fold.locator(':scope > summary').press('Enter')
    assert.equal(await link.isVisible(), true, `${address}: does not open`)
  }
  return folds.count()
}, { scripts: false })

for (const setting of [usual, { ...usual, width: 768 }, { ...usual, width: 688, media: 'print' }]) {
  onEvery(`details that are folded on phones are shown at ${setting.width} px (${setting.media})`, 'folded', setting, async (page, address) => {
    const shown = await page.locator('details.narrow-fold').evaluateAll(folds => folds.map(fold => ({
      summary: fold.querySelector('summary').checkVisibility(),
      content: [...fold.children].slice(1).every(child => child.checkVisibility({ contentVisibilityAuto: true }) && child.getBoundingClientRect().height > 0),
    })))
    for (const fold of shown) assert.deepEqual(fold, { summary: false, content: true }, address)
    return shown.length
  })
}

onEvery('the sheets of an edition lead to pages that name the edition', 'edition', usual, async (page, address) => {
  const edition = (await page.locator('h1').textContent()).trim()
  const links = await page.locator('section[aria-labelledby=sheets] :is(tbody th, li) a').evaluateAll(links => links.map(link => link.href))
  assert.ok(links.length > 0, address)
  // The first and last ones of each list; there are hundreds.
  const chosen = [...new Set([...links.slice(0, 2), ...links.slice(-2)])]
  for (const href of chosen) {
    await page.goto(href)
    const { text } = await page.locator('main').evaluate(main => ({ text: main.textContent }))
    assert.ok(text.includes(edition), `${href} does not name ${edition}`)
  }
  return chosen.length
})

onEvery('each count of marks in an edition leads to as many sheets, or lists them', 'edition', usual, async (page, address) => {
  const counts = await page.locator('.spread-parts a.point-count').evaluateAll(links =>
    links.map(link => ({ href: link.href, count: Number.parseInt(link.textContent, 10) })))
  for (const { href, count } of counts.slice(0, 8)) {
    await page.goto(href)
    const rows = page.locator('table[data-list] tbody tr')
    await page.waitForFunction(() => document.querySelector('.list-count'))
    const shown = await rows.evaluateAll(rows => rows.filter(row => row.checkVisibility()).length)
    assert.equal(shown, count, `${address}: ${href}`)
  }
  const named = await page.goto(site.served + encodeURI(address)).then(() => page.locator('.spread-parts li:has(.named)').evaluateAll(items =>
    items.map(item => [Number.parseInt(item.querySelector('.point-count').textContent, 10), item.querySelectorAll('.named a').length])))
  for (const [count, links] of named) assert.equal(links, count, address)
  return counts.length + named.length
})

onEvery('each department is reached from the top, with its number of programs', 'department', PHONE, async (page, address) => {
  const jumps = await page.locator('.jumps li').evaluateAll(items => items.map(item => ({
    target: item.querySelector('a').hash.slice(1), name: item.querySelector('a').textContent.trim(), told: item.textContent.match(/([0-9]+)件/)?.[1],
  })))
  for (const { target, name, told } of jumps) {
    const section = page.locator(`section[aria-labelledby="${decodeURIComponent(target)}"]`)
    assert.equal((await section.locator('h2').textContent()).trim(), name, address)
    assert.ok(!told || (await section.locator('.department-facts').textContent()).includes(`${told}件`), `${address}: ${name}`)
    assert.ok(await section.locator(':is(tbody th, li) a').count() > 0, `${address}: ${name} is in charge of nothing`)
  }
  return Math.max(jumps.length, 1)
})

onEvery('the sum of a department is labelled as computed by the site', 'department', usual, async (page, address) => {
  const feet = await page.locator('.departments tfoot th').allTextContents()
  for (const foot of feet) assert.match(foot, /当サイト集計/, address)
  return feet.length
})

onEvery('pages keep their width when all folds are open', 'edition', PHONE, async (page, address) => {
  for (const width of [390, 768, 1280]) {
    await apply(page, { ...usual, width })
    await page.evaluate(() => document.querySelectorAll('details').forEach(details => (details.open = true)))
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    assert.ok(wide <= 0, `${address}: ${wide} px too wide at ${width}`)
  }
  return 1
})
