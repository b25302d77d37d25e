// A site of 60 strategies, whose search has a first level: it finds what a search of all strategies finds, and loads
// only the indexes of those that may contain the words.

import assert from 'node:assert'
import { test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { resolve } from 'node:path'
import { tab } from '../support/browser.mjs'

const base = `${pathToFileURL(resolve(process.env.SHIRUBE_NATION ?? 'nation'))}/`

/** Query, and the number of strategies with results. The texts are in tests/suite/browser.rs. */
const QUERIES = [
  ['固有の言葉37番', 1], ['ｺﾕｳﾉｺﾄﾊﾞ', 1], ['こゆうのことば37', 1], ['１，０３７人', 1], ['1037', 1], ['共通の課題', 60], ['橋 固有', 1],
  ['橋', 1], ['ﾊﾞﾝ', 0], ['番', 60], ['37', 1], ['無い言葉', 0], ['Wi-Fi', 30], ['ｗｉ－ｆｉ', 30], ['㌔', 1], ['キロ', 1],
]

async function opened(query) {
  const page = await tab()
  const loaded = []
  page.on('request', request => loaded.push(request.url().slice(base.length)))
  await page.goto(`${base}search.html?q=${encodeURIComponent(query)}`)
  await settled(page)
  const indexes = () => loaded.filter(address => /^unit-\d+\/search\.js$/.test(address)).length
  return { page, indexes, grams: () => loaded.filter(address => address.startsWith('assets/search/')).length }
}

function settled(page) {
  return page.waitForFunction(() => /件|ありません/.test(document.querySelector('.search-count').textContent))
}

const groups = page => page.locator('.search-results > section').count()

test('a search of many strategies finds the same with and without the first level', async t => {
  const findings = []
  let loaded = 0
  for (const [query, expected] of QUERIES) {
    const { page, indexes } = await opened(query)
    while (await page.locator('.search-results > button').count() > 0) {
      const before = await groups(page)
      await page.locator('.search-results > button').click()
      await page.waitForFunction(before =>
        document.querySelectorAll('.search-results > section').length > before
        || !document.querySelector('.search-results > button'), before)
    }
    loaded += indexes()
    const found = await groups(page)
    const all = await page.evaluate(async query => {
      const parts = [...document.querySelectorAll('[data-strategy]')].map(part => part.dataset.index)
      const found = await Promise.all(parts.map(part => globalThis.shirube.find(query, part)))
      return found.filter(entries => entries.length > 0).length
    }, query)
    if (found !== all || all !== expected) findings.push(`${query}: ${found} strategies, ${all} of all, ${expected} expected`)
    await page.context().close()
  }
  t.diagnostic(`${QUERIES.length} queries, ${loaded} indexes loaded, ${findings.length} findings`)
  assert.deepEqual(findings, [])
})

test('a rare word loads the index of its strategy only', async () => {
  const { page, indexes, grams } = await opened('固有の言葉37番')
  assert.equal(await groups(page), 1)
  assert.ok(indexes() <= 3, `${indexes()} indexes`)
  assert.ok(grams() <= 8, `${grams()} files of the first level`)
  await page.context().close()
})

test('a frequent word stops after 20 strategies and continues on request', async () => {
  const { page, indexes } = await opened('共通の課題')
  assert.ok(await groups(page) >= 20 && await groups(page) < 60)
  assert.ok(indexes() <= 40, `${indexes()} indexes`)
  const status = await page.locator('.search-count').textContent()
  assert.match(status, /検索の途中/)
  const before = await groups(page)
  await page.locator('.search-results > button').click()
  await page.waitForFunction(before => document.querySelectorAll('.search-results > section').length > before, before)
  assert.equal(await page.evaluate(() => document.activeElement.closest('.search-results > section') !== null), true)
  await page.context().close()
})

test('grams have the numbers of the index', async () => {
  const page = await tab()
  await page.goto(`${base}search.html`)
  assert.deepEqual(await page.evaluate(() => globalThis.shirube.numbers('橋 待機 181 ・ 1 a人')), [167660, 124962, 32345, ...await page.evaluate(() => globalThis.shirube.numbers('a人'))])
  await page.context().close()
})
