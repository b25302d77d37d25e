// Language of texts that scripts add on an English site with Japanese content.

import assert from 'node:assert'
import { test } from 'node:test'
import { tab } from '../support/browser.mjs'
import { site } from '../support/site.mjs'

const added = { 'hokuto/programs.html': '.list-filters option', 'kitakami/indicators.html': '.list-filters option', 'kitakami/programs.html#group-status-2': '.list-heading:not([hidden])', 'search.html?q=北上': '.found a', 'search.html?q=無い言葉': '.search-count:not(:empty)' }

for (const [address, awaited] of Object.entries(added)) {
  test(`texts added by scripts have the right lang: ${address}`, async t => {
    assert.ok(site.english, 'SHIRUBE_ENGLISH is not set to the folder of the same site with lang = "en"')
    const page = await tab()
    await page.goto(site.english + address)
    await page.waitForSelector(awaited, { state: 'attached' })
    const more = page.locator('.search-results button')
    if (await more.count() > 0) await more.first().click()
    const { all, wrong } = await page.evaluate(read)
    t.diagnostic(`${all} texts, ${wrong.length} findings`)
    await page.context().close()
    assert.deepEqual(wrong, [])
    assert.ok(all > 0)
  })
}

/** Runs in the page: counts the texts that scripts added, and returns those with the wrong language. */
function read() {
  const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT)
  const texts = []
  while (walker.nextNode()) {
    const { data, parentElement: around } = walker.currentNode
    if (data.trim() && around.closest('.list-tools, .list-heading, .list-count, .search-count, .search-results')) {
      texts.push({ text: data, lang: around.closest('[lang]').lang, divided: around.localName !== 'option' })
    }
  }
  const wrong = texts.filter(({ text, lang, divided }) => {
    if (/[\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Han}]/u.test(text)) return lang !== 'ja'
    return divided && /\p{sc=Latin}{2}/u.test(text) && lang !== 'en'
  })
  return { all: texts.length, wrong: wrong.map(({ text, lang }) => `${lang}: ${text}`) }
}
