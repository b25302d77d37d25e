// Filtering and sorting of lists with the keyboard, their state in the URL, links of counts, and short rows on phones.

import assert from 'node:assert'
import { test } from 'node:test'
import { apply, tab, usual } from '../support/browser.mjs'
import { site } from '../support/site.mjs'
import { onPages } from '../support/suite.mjs'

const PHONE = { width: 390 }
const word = (page, name) => page.evaluate(name => document.querySelector('table[data-list]').dataset[name], name)
const shownRows = page => page.evaluate(() => [...document.querySelectorAll('table[data-list] tbody tr')]
  .filter(row => row.checkVisibility()).map(row => (row.cells[0].querySelector('a') ?? row.cells[0]).textContent.trim()))

/** Opens the form, which phones fold, if it is folded. */
async function unfold(page) {
  const button = page.locator('.list-open')
  if (await button.isVisible() && await button.getAttribute('aria-expanded') === 'false') await button.press('Enter')
}

for (const setting of [{}, PHONE]) {
  const at = setting.width ? ` at ${setting.width} px` : ''

  onPages(`filtering by text shows matching rows and is kept in the URL${at}`, site => site.ofKind('programs'), setting, async page => {
    await unfold(page)
    const all = await shownRows(page)
    const text = all.at(-1).slice(-4)
    await page.locator('main').getByRole('searchbox').fill(text)
    const some = await shownRows(page)
    const state = await page.locator('.list-state').textContent()
    await page.reload()
    await unfold(page)
    const again = await shownRows(page)
    await page.getByRole('button', { name: await word(page, 'reset') }).press('Enter')
    const reset = await shownRows(page)
    return [
      ...some.length && some.every(row => row.includes(text)) ? [] : [{ rule: 'wrong rows', what: `${text}: ${some}` }],
      ...String(again) === String(some) ? [] : [{ rule: 'lost on reload', what: text }],
      ...String(reset) === String(all) ? [] : [{ rule: 'reset does not show all rows', what: text }],
      ...await page.getByRole('status').first().textContent() ? [] : [{ rule: 'the count is not announced', what: text }],
      ...state.includes(`1項目・${some.length}/${all.length}`) ? [] : [{ rule: 'the button does not count filters and rows', what: state }],
    ]
  })
}

onPages('a header button sorts ascending, descending, then as printed', site => site.ofKind('programs'), {}, async page => {
  const sort = page.locator('th[data-sort=name] button')
  const orders = [String(await shownRows(page))]
  const sortStates = []
  for (const key of ['Enter', 'Space', 'Enter']) {
    await sort.press(key)
    orders.push(String(await shownRows(page)))
    sortStates.push(await page.locator('th[data-sort=name]').getAttribute('aria-sort'))
  }
  const [printed, up, down, back] = orders
  return [
    ...up !== down && back === printed ? [] : [{ rule: 'wrong order', what: up.slice(0, 80) }],
    ...String(sortStates) === 'ascending,descending,' ? [] : [{ rule: 'the order is not announced', what: String(sortStates) }],
  ]
})

onPages('on phones a selection sorts instead of the header, and is kept in the URL', site => site.ofKind('programs'), PHONE, async page => {
  const headers = await page.locator('thead .sort:visible').count()
  await unfold(page)
  const sorter = page.locator('.list-sort select')
  const orders = {}
  for (const order of ['', 'name', '-name']) {
    await sorter.selectOption(order)
    orders[order] = await shownRows(page)
  }
  const isKept = new URL(page.url()).hash === '#sort=-name'
  return [
    ...headers === 0 ? [] : [{ rule: 'header buttons are shown too', what: `${headers}` }],
    ...String(orders.name) === String(orders['-name'].toReversed()) ? [] : [{ rule: 'wrong order', what: String(orders.name).slice(0, 80) }],
    ...isKept ? [] : [{ rule: 'the order is not in the address', what: page.url() }],
  ]
})

onPages('on phones filters are behind one button, which stays visible above the rows', site => site.ofKind('programs'), PHONE, async page => {
  const form = page.locator('.list-filters')
  const before = await form.isVisible()
  await unfold(page)
  const after = await form.isVisible()
  await page.evaluate(() => document.querySelector('table[data-list] tbody tr:last-child').scrollIntoView({ block: 'center' }))
  const { top, height } = await page.locator('.list-open').boundingBox().then(box => ({ top: box.y, height: box.height }))
  // A change shows the first of the remaining rows, below the button.
  await page.locator('main').getByRole('searchbox').fill((await shownRows(page))[0])
  await page.locator('.list-open').press('Enter')
  const { row, bar } = await page.evaluate(() => ({
    row: [...document.querySelectorAll('table[data-list] tbody tr')].find(row => row.checkVisibility()).getBoundingClientRect().top,
    bar: document.querySelector('.list-tools').getBoundingClientRect().bottom,
  }))
  return [
    ...!before && after ? [] : [{ rule: 'the button does not open the form', what: `${before}, ${after}` }],
    ...top >= 0 && top < 100 && height >= 44 ? [] : [{ rule: 'the button is not visible', what: `${top} ${height}` }],
    ...row >= bar - 1 ? [] : [{ rule: 'the button covers the first row', what: `${row} above ${bar}` }],
  ]
})

onPages('lists work where the URL cannot be changed', site => site.ofKind('programs'), {}, async page => {
  await page.evaluate(() => { history.replaceState = () => { throw new DOMException('not allowed', 'SecurityError') } })
  const name = page.locator('main').getByRole('searchbox')
  await name.fill('a')
  await page.getByRole('button', { name: await word(page, 'reset') }).click()
  const isFocused = await name.evaluate(element => document.activeElement === element)
  return isFocused ? [] : [{ rule: 'reset does not return to the name', what: await page.evaluate(() => see.where(document.activeElement)) }]
})

onPages('options of filters are in the order of their scale, or collated', site => [...site.ofKind('programs'), ...site.ofKind('indicators')], {}, page => page.evaluate(() => {
  const { compare } = new Intl.Collator('ja', { numeric: true })
  return [...document.querySelectorAll('th[data-filter]')].flatMap((head, at) => {
    const known = [...head.querySelectorAll('[data-option]')].map(({ dataset }) => dataset.option)
    const label = [...document.querySelectorAll('.list-filters label')].find(label => label.firstChild.textContent === head.dataset.title)
    const options = [...label?.querySelectorAll('option') ?? []].slice(1).map(({ value }) => value)
    const expected = [...known.filter(value => options.includes(value)), ...options.filter(value => !known.includes(value)).sort(compare)]
    return String(options) === String(expected) ? [] : [{ rule: 'wrong order', what: `${head.dataset.title}: ${options}` }]
  })
}))

/** Links of counts on all pages: the address that they lead to, with their count. */
const counts = site.pages.filter(page => /\/index\.html$/.test(page)).flatMap(page => [...site.read(page).toString()
  .matchAll(/href="((?:programs|indicators)\.html#group-[^"]+)">(\d+)件</g)]
  .map(([, href, count]) => ({ address: page.replace('index.html', href), count: Number(count) })))

test('a count opens the list of exactly these entries, with a heading at the top', async t => {
  assert.ok(counts.length > 10)
  for (const setting of [usual, { ...usual, ...PHONE }]) {
    const page = await tab(setting)
    for (const { address, count } of counts) {
      await page.goto('about:blank')
      await page.goto(site.fileUrl + address)
      const { rows, heading, top, sections } = await page.evaluate(() => ({
        rows: [...document.querySelectorAll('table[data-list] tbody tr')].filter(row => row.checkVisibility()).length,
        heading: document.querySelector('.list-heading').textContent,
        top: document.querySelector('.list-heading').getBoundingClientRect().top,
        sections: document.querySelectorAll('#by-mark').length,
      }))
      assert.equal(rows, count, address)
      assert.match(heading, new RegExp(`：.+ ${count}件$`), address)
      assert.ok(top >= 0 && top < 400 && sections === 0, `${address}: heading at ${top}`)
    }
    await page.context().close()
  }
  t.diagnostic(`${counts.length} counts`)
})

test('the marks to look at first filter in place, and filtering by a mark gives the same address', async () => {
  const page = await tab()
  await page.goto(`${site.fileUrl}kitakami/programs.html`)
  const all = await shownRows(page)
  const [late] = await page.locator('.notable a').all()
  const href = await late.getAttribute('href')
  await late.press('Enter')
  await page.locator('.list-heading').filter({ hasText: '遅れている 5件' }).waitFor()
  const some = await shownRows(page)
  assert.equal(some.length, 5)
  assert.equal(await page.locator('tbody .reason:visible').count(), 5)
  await page.getByRole('button', { name: await word(page, 'reset') }).click()
  assert.deepEqual(await shownRows(page), all)
  await page.locator('.list-filters select').filter({ hasText: '遅れている' }).selectOption('遅れている')
  assert.equal(new URL(page.url()).hash, href)
  assert.deepEqual(await shownRows(page), some)
  await page.context().close()
})

test('without scripts a count leads to a section with these entries, and no control is shown', async () => {
  const page = await tab({ ...usual, ...PHONE }, { scripts: false })
  for (const { address, count } of counts) {
    await page.goto('about:blank')
    await page.goto(site.fileUrl + address)
    const target = page.locator(':target')
    assert.ok((await target.textContent()).endsWith(`${count}件`), address)
    assert.ok(await target.isVisible())
    assert.equal(await target.locator('xpath=following-sibling::ul[1]/li').count(), count, address)
  }
  assert.equal(await page.locator('main :is(button, select, input)').count(), 0)
  await page.context().close()
})

/** Screens of the longest list, and their limit. */
const SCREEN = { width: 390, height: 844 }
const MOST_SCREENS = 8

test('on phones the longest list is short, and hides no value that it does not state', async t => {
  const lists = [...site.ofKind('programs'), ...site.ofKind('indicators')]
  const page = await tab({ ...usual, ...PHONE })
  const heights = []
  for (const address of lists) {
    await page.goto(site.fileUrl + address)
    const { height, lost } = await page.evaluate(() => {
      const table = document.querySelector('table[data-list]')
      const note = document.querySelector('.narrow-note')?.textContent ?? ''
      const lost = [...table.querySelectorAll('tbody td')].filter(cell => !cell.checkVisibility() && !cell.matches('.none')).filter(cell => {
        const values = [...cell.querySelectorAll('[data-value]')].map(({ dataset }) => dataset.value)
        const before = cell.matches('.narrow-again') && [...cell.parentElement.cells].some(other => other.matches('.narrow-once') && values.every(value => other.textContent.includes(value)))
        const above = cell.matches('.narrow-usual') && values.every(value => note.includes(value))
        return !before && !above
      })
      return { height: document.documentElement.scrollHeight, lost: lost.map(see.where) }
    })
    assert.deepEqual(lost, [], address)
    heights.push({ address, screens: height / SCREEN.height })
  }
  const longest = heights.sort((a, b) => b.screens - a.screens)[0]
  t.diagnostic(`${longest.address}: ${longest.screens.toFixed(1)} screens`)
  assert.ok(longest.screens <= MOST_SCREENS, `${longest.address}: ${longest.screens} screens`)
  await apply(page, usual)
  await page.context().close()
})

test('every page ends with a link to its top, which is in view then', async () => {
  const page = await tab({ ...usual, ...PHONE })
  await page.goto(`${site.fileUrl}hokuto/programs.html`)
  const link = page.locator('.site-foot a[href="#top"]')
  await link.scrollIntoViewIfNeeded()
  await link.press('Enter')
  await page.waitForFunction(() => scrollY === 0)
  await page.context().close()
})
