// Saving and citing of tables and charts, and choosing rows of lists: from file: URLs and under the content security
// policy of the site, with the files that a reader gets.

import assert from 'node:assert'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { apply, tab, usual } from '../support/browser.mjs'
import { site } from '../support/site.mjs'

/** Opens a page in a new tab; returns it with the messages of the browser, which include violations of the policy. */
async function open(address, { base = site.fileUrl, ...setting } = {}) {
  const page = await tab({ ...usual, ...setting }, { axe: true })
  const messages = []
  page.on('console', message => messages.push(message.text()))
  page.on('pageerror', error => messages.push(error.message))
  await page.goto(base + address)
  return { page, messages }
}

async function saved(page, press) {
  const [download] = await Promise.all([page.waitForEvent('download'), press()])
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) }
}

/** The cells of a CSV file, by RFC 4180. */
function cells(bytes) {
  const text = bytes.toString()
  assert.ok(text.startsWith('\ufeff') && text.endsWith('\r\n') && !/[^\r]\n/.test(text), 'no BOM, or lines without CRLF')
  return text.slice(1, -2).split('\r\n').map(line => [...line.matchAll(/("(?:[^"]|"")*"|[^,"]*)(?:,|$)/g)].slice(0, -1)
    .map(([, cell]) => cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell))
    .map((row, at, rows) => { while (row.length < rows[0].length) row.push(''); return row })
}

/** Opens the menu of the table with the id of its caption; returns the menu. */
async function menuOf(page, caption) {
  const menu = page.locator('details.save', { has: page.locator(`summary span`, { hasText: caption }) }).first()
  await menu.locator('summary').focus()
  await page.keyboard.press('Enter')
  await menu.locator('.save-menu').waitFor()
  return menu
}

const policies = site.ofKind('policy')
const withChart = policies.find(address => /class="measured with-chart"/.test(site.read(address)))

test('every table of figures and every chart can be saved and cited', async t => {
  let tables = 0
  for (const address of [...policies, ...site.ofKind('money'), ...site.ofKind('programs'), ...site.ofKind('indicators')]) {
    const html = site.read(address).toString()
    const of = (html.match(/<table class="(values|amounts|rows|list)/g) ?? []).length
    const links = (html.match(/<p class="save" data-save/g) ?? []).length
    assert.ok(links >= of, `${address}: ${links} links for ${of} tables`)
    for (const [, href] of html.matchAll(/data-save[^>]*><a href="([^"]+)"/g)) assert.ok(site.read(new URL(href, `file:///${address}`).pathname.slice(1)).length > 0)
    tables += of
  }
  t.diagnostic(`${tables} tables`)
})

for (const [access, base] of [['file:', site.fileUrl], ['http:', undefined]]) {
  test(`a table becomes CSV with exactly its cells, a chart SVG and PNG (${access})`, async () => {
    const { page, messages } = await open(withChart, { base: base ?? site.served, scheme: 'dark' })
    const shown = await page.evaluate(() => {
      const table = document.querySelector('.with-chart table')
      const chart = table.closest('.measured').querySelector('svg')
      const words = cell => cell?.querySelector('.figure, .words, .missing')?.textContent ?? ''
      return {
        caption: table.caption.textContent,
        values: [...table.querySelectorAll('td')].map(words),
        title: chart.querySelector('title').textContent,
        texts: [...chart.querySelectorAll('text')].map(text => text.textContent),
        heading: table.closest('.indicator').querySelector('h3').id,
      }
    })
    const menu = await menuOf(page, shown.caption)
    const buttons = menu.locator('.save-files button')
    const csv = await saved(page, () => buttons.nth(0).press('Enter'))
    const [head, ...rows] = cells(csv.bytes)
    const column = name => rows.map(row => row[head.indexOf(name)])
    assert.deepEqual(head.slice(-7), ['年度', '西暦', '系列', '値', '数値', '単位', '注記'])
    assert.deepEqual(column('値'), shown.values)
    for (const [at, number] of column('数値').entries()) {
      assert.match(number, /^(-?\d+(\.\d+)?)?$/)
      assert.ok(column('値')[at].replaceAll(',', '').startsWith(number), `${number} of ${column('値')[at]}`)
    }
    assert.match(csv.name, /^[\w-]+\.csv$/)

    const svg = await saved(page, () => buttons.nth(1).press('Enter'))
    const drawn = await page.evaluate(markup => {
      const picture = new DOMParser().parseFromString(markup, 'image/svg+xml')
      return {
        isWhole: picture.documentElement.localName === 'svg',
        texts: [...picture.querySelectorAll('text')].map(text => text.textContent),
        leftovers: [...picture.querySelectorAll('*')].filter(element => element.hasAttribute('class') || element.hasAttribute('style') || element.localName === 'script').length,
        ground: picture.querySelector('rect').getAttribute('fill'),
        colours: [...picture.querySelectorAll('svg svg text')].map(text => text.getAttribute('fill')),
      }
    }, svg.bytes.toString())
    const joined = drawn.texts.join('')
    const address = `${base ?? site.served}${withChart}#${shown.heading}`
    assert.ok(drawn.isWhole && drawn.leftovers === 0 && drawn.ground === '#fff')
    assert.ok(joined.includes(shown.title) && joined.includes('（単位：') && joined.includes('出典：') && joined.includes(address), joined)
    for (const text of shown.texts) assert.ok(drawn.texts.includes(text), text)
    const isDark = colour => { const [r, g, b] = colour.match(/\d+/g).map(Number); return r + g + b < 400 }
    assert.ok(drawn.colours.length > 0 && drawn.colours.every(isDark), `text on white is ${drawn.colours}`)

    const png = await saved(page, () => buttons.nth(2).press('Enter'))
    assert.equal(png.bytes.subarray(0, 8).toString('latin1'), '\x89PNG\r\n\x1a\n')
    assert.ok(png.bytes.length > 5000 && png.bytes.readUInt32BE(16) >= 1000, `${png.bytes.length} bytes`)

    const citation = await menu.locator('textarea').inputValue()
    assert.ok(citation.includes(shown.caption.trim()) && citation.endsWith(address) && !/\d{4}-\d\d-\d\d|閲覧/.test(citation), citation)
    await menu.locator('.save-menu > button').press('Enter')
    // Copying ends after the press of the key.
    await menu.getByRole('status').filter({ hasText: /./ }).waitFor()
    assert.deepEqual(messages, [])
    await page.context().close()
  })
}

test('CSV of every table on the largest pages has each cell once, with its number', async t => {
  const kinds = ['goal', 'policy', 'program', 'sheet', 'money', 'strategy']
  const pages = site.largestOfEachKind().filter(address => kinds.some(kind => site.ofKind(kind).includes(address)))
  let [tables, figures] = [0, 0]
  for (const address of pages) {
    const { page, messages } = await open(address)
    const found = await page.evaluate(async () => {
      const blobs = []
      URL.createObjectURL = blob => { blobs.push(blob); return 'about:blank' }
      HTMLAnchorElement.prototype.click = () => {}
      const menus = [...document.querySelectorAll('details.save')]
      for (const menu of menus) menu.open = true
      while (menus.some(menu => menu.children.length === 1)) await new Promise(requestAnimationFrame)
      const cells = []
      for (const menu of menus) {
        const table = (menu.closest('.measured, .room, [data-save-scope]') ?? menu.previousElementSibling).querySelector('table')
        menu.querySelector('.save-files button').click()
        const own = [...table.querySelectorAll('td')].flatMap(td => {
          const parts = [td, ...td.querySelectorAll('.beside')]
          const figures = parts.map(part => part.querySelector(':scope > :is(.figure, .words, .missing)')).filter(Boolean)
          return figures.length ? figures.map(figure => figure.textContent) : ['']
        })
        cells.push({ isLong: table.matches('.values, .amounts'), own, rows: table.querySelectorAll(':is(tbody, tfoot) tr:not(.heads, .row-group)').length })
      }
      return { cells, files: await Promise.all(blobs.map(blob => blob.text())) }
    })
    for (const [at, { isLong, own, rows: count }] of found.cells.entries()) {
      const [head, ...rows] = cells(Buffer.from(found.files[at].startsWith('\ufeff') ? found.files[at] : `\ufeff${found.files[at]}`))
      tables += 1
      if (!isLong || !head.includes('値')) {
        assert.equal(rows.length, count, address)
        continue
      }
      assert.deepEqual(rows.map(row => row[head.indexOf('値')]), own, address)
      figures += rows.filter(row => row[head.indexOf('数値')] !== '').length
    }
    assert.deepEqual(messages, [])
    await page.context().close()
  }
  t.diagnostic(`${tables} tables and ${figures} numbers on ${pages.length} pages`)
  assert.ok(tables > 10 && figures > 100)
})

test('open menus have no accessibility violations and are not printed', async () => {
  for (const scheme of ['light', 'dark']) {
    const { page } = await open(withChart, { scheme })
    for (const menu of await page.locator('details.save summary').all()) await menu.click()
    await page.waitForFunction(() => [...document.querySelectorAll('.save')].every(menu => menu.children.length > 1))
    const { violations, small } = await page.evaluate(async () => {
      const { violations } = await axe.run(document, { resultTypes: ['violations'], preload: false })
      const small = [...document.querySelectorAll('.save :is(summary, button)')].filter(part => part.getBoundingClientRect().height < 24)
      return { violations: violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`), small: small.length }
    })
    assert.deepEqual(violations, [])
    assert.equal(small, 0)
    await apply(page, { ...usual, media: 'print' })
    assert.equal(await page.evaluate(() => [...document.querySelectorAll('.save')].filter(see.shown).length), 0)
    await page.context().close()
  }
})

test('a list is saved with its ids and addresses', async () => {
  const address = site.ofKind('indicators')[0]
  const { page, messages } = await open(address)
  await page.locator('details.save summary').click()
  const { bytes } = await saved(page, () => page.locator('.save-files button').first().click())
  const [head, ...rows] = cells(bytes)
  const shown = await page.evaluate(() => [...document.querySelectorAll('tbody tr')].map(row => [row.dataset.id, row.querySelector('a').textContent, row.querySelector('a').href]))
  assert.deepEqual(rows.map(row => [row[0], row[1].slice(0, shown[rows.indexOf(row)][1].length), row.at(-1)]), shown)
  assert.equal(head.length, 2 + await page.locator('thead th').count())
  assert.deepEqual(messages, [])
  await page.context().close()
})

const list = site.pages.find(page => page.endsWith('hokuto/programs.html')) ?? site.ofKind('programs')[0]
const CHOSEN = 15
const visible = page => page.evaluate(() => [...document.querySelectorAll('tbody tr')].filter(see.shown).map(row => row.dataset.id))

/** Waits until exactly the rows with the given ids are visible, in any order: the page follows its address later. */
async function becomes(page, ids) {
  const wanted = [...ids].sort()
  const isSo = page.waitForFunction(ids => {
    const rows = [...document.querySelectorAll('tbody tr')].filter(see.shown).map(row => row.dataset.id)
    return rows.sort().join() === ids
  }, wanted.join())
  await isSo.catch(() => {})
  assert.deepEqual((await visible(page)).sort(), wanted)
}

/** Chooses 15 programs, not all of which the filter shows afterwards; returns their ids. */
async function choose(page) {
  const all = await visible(page)
  const wanted = all.filter((_, at) => at % 3 === 0).slice(0, CHOSEN)
  for (const id of wanted) await page.locator(`tr[data-id="${id}"] input`).press('Space')
  await page.locator('.choose summary').press('Enter')
  return { all, wanted }
}

test('fifteen chosen programs: paper, CSV and address contain exactly these', async t => {
  const { page, messages } = await open(list)
  const { all, wanted } = await choose(page)
  assert.equal(wanted.length, CHOSEN)
  t.diagnostic(`${wanted.length} of ${all.length}`)
  const press = name => page.locator('.choose').getByRole('button', { name, exact: true }).press('Enter')

  const { bytes } = await saved(page, () => press('CSVで保存'))
  assert.deepEqual(cells(bytes).slice(1).map(row => row[0]), wanted)

  // A filter hides rows on the screen; paper has the chosen ones.
  await page.locator('.list-filters input').first().fill(await page.locator(`tr[data-id="${wanted[1]}"] a`).first().textContent())
  assert.ok((await visible(page)).length < CHOSEN)
  await page.evaluate(() => { globalThis.print = () => { globalThis.printed = true } })
  await press('一覧を印刷')
  await apply(page, { ...usual, media: 'print', width: 688 })
  assert.ok(await page.evaluate(() => globalThis.printed))
  assert.deepEqual(await visible(page), wanted)
  const others = await page.evaluate(() => [...document.querySelectorAll('main section, .choose, .save, input')].filter(see.shown).length)
  assert.equal(others, 0, 'other parts are printed')
  await page.evaluate(() => dispatchEvent(new Event('afterprint')))
  await apply(page, usual)
  assert.ok((await visible(page)).length < CHOSEN, 'the filter is gone after printing')

  await page.evaluate(() => { navigator.clipboard.writeText = async text => { globalThis.copied = text } })
  await press('URLをコピー')
  await page.waitForFunction(() => globalThis.copied)
  const copied = await page.evaluate(() => globalThis.copied)
  assert.deepEqual(messages, [])
  await page.context().close()

  const again = await open('index.html')
  await again.page.goto(copied)
  assert.deepEqual(await visible(again.page), wanted)
  assert.equal(await again.page.locator('tbody input:checked').count(), CHOSEN)
  assert.match(await again.page.locator('.choose-notice').textContent(), new RegExp(`${CHOSEN}件`))
  await again.page.locator('th[data-sort=name] button').click()
  assert.deepEqual((await visible(again.page)).sort(), [...wanted].sort(), 'sorting changes the selection')
  assert.ok(again.page.url().includes('only='), 'sorting drops the selection from the address')
  const violations = await again.page.evaluate(async () => (await axe.run(document, { resultTypes: ['violations'], preload: false })).violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`))
  assert.deepEqual(violations, [])
  await again.page.locator('.choose-notice a').click()
  await becomes(again.page, all)
  assert.deepEqual(again.messages, [])
  await again.page.context().close()
})

test('the print document shows exactly the sheets of the chosen programs', async () => {
  const { page } = await open(list)
  const { wanted } = await choose(page)
  const [sheets, ...more] = await page.locator('.choose-sheets a').evaluateAll(links => links.map(link => link.href))
  assert.equal(more.length, 0)
  await page.context().close()
  const { page: paper, messages } = await open('index.html', { media: 'print', width: 688 })
  await paper.goto(sheets)
  const seen = await paper.evaluate(() => ({
    parts: [...document.querySelectorAll('.document-part')].filter(see.shown).map(part => part.id),
    lines: [...document.querySelectorAll('.document-contents li')].filter(see.shown).map(line => line.firstElementChild.hash.slice(1)),
    others: [...document.querySelectorAll('.document > section:not(.document-contents)')].filter(see.shown).length,
  }))
  const expected = wanted.map(id => `program.${id}`).sort()
  assert.deepEqual([...seen.parts].sort(), expected)
  assert.deepEqual([...seen.lines].sort(), expected)
  assert.equal(seen.others, 0)
  // An address with a program that the document lacks says so.
  const missing = await open('index.html')
  await missing.page.goto(`${sheets.split('#')[0]}#only=${wanted[0]},gone`)
  assert.match(await missing.page.locator('.choose-notice').textContent(), /1件だけ.*1件は/)
  await missing.page.context().close()
  assert.deepEqual(messages, [])
  await paper.context().close()
})

test('without scripts there are links to the data, and no controls', async () => {
  const page = await tab(usual, { scripts: false })
  await page.goto(site.fileUrl + list)
  assert.ok(await page.locator('p.save a').count() > 0)
  assert.equal(await page.locator('main :is(button, input, details.save)').count(), 0)
  await page.context().close()
})
