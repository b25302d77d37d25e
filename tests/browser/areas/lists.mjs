// Filtering and sorting of lists with the keyboard, and their state in the URL.

import { onPages } from '../support/suite.mjs'

const shownRows = page => page.evaluate(() => [...document.querySelectorAll('table[data-list] tbody tr')]
  .filter(row => row.checkVisibility()).map(row => row.cells[0].textContent.trim()))

onPages('filtering by text shows matching rows and is kept in the URL', site => site.ofKind('programs'), {}, async page => {
  const all = await shownRows(page)
  const word = all.at(-1).slice(-4)
  await page.locator('main').getByRole('searchbox').fill(word)
  const some = await shownRows(page)
  await page.reload()
  const again = await shownRows(page)
  await page.getByRole('button', { name: await page.evaluate(() => document.querySelector('table[data-list]').dataset.reset) }).click()
  const reset = await shownRows(page)
  return [
    ...some.length && some.every(row => row.includes(word)) ? [] : [{ rule: 'wrong rows', what: `${word}: ${some}` }],
    ...String(again) === String(some) ? [] : [{ rule: 'lost on reload', what: word }],
    ...String(reset) === String(all) ? [] : [{ rule: 'reset does not show all rows', what: word }],
    ...await page.getByRole('status').first().textContent() ? [] : [{ rule: 'the count is not announced', what: word }],
  ]
})

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

onPages('lists work where the URL cannot be changed', site => site.ofKind('programs'), {}, async page => {
  await page.evaluate(() => { history.replaceState = () => { throw new DOMException('not allowed', 'SecurityError') } })
  const name = page.locator('main').getByRole('searchbox')
  await name.fill('a')
  await page.getByRole('button', { name: await page.evaluate(() => document.querySelector('table[data-list]').dataset.reset) }).click()
  const isFocused = await name.evaluate(element => document.activeElement === element)
  return isFocused ? [] : [{ rule: 'reset does not return to the name', what: await page.evaluate(() => see.where(document.activeElement)) }]
})
