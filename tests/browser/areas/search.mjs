// The search: whatever a reader can read is found, on all pages that hold it and on no others, in any width, case
// and kana; from a server and from the bare disk, by keys alone, and without scripts there is a list.

import assert from 'node:assert'
import { test } from 'node:test'
import { tab, usual } from '../support/browser.mjs'
import { kind, site } from '../support/site.mjs'

const SEARCH = 'search.html'
const searched = ['strategy', 'goal', 'policy', 'program']

/** On the page of the search, freshly loaded. Nothing that it does may make the browser complain. */
function onSearch(name, use, { start = () => site.served, scripts = true } = {}) {
  test(name, async t => {
    const page = await tab(usual, { scripts })
    const complaints = []
    page.on('console', message => complaints.push(message.text()))
    page.on('pageerror', error => complaints.push(error.message))
    await page.goto(start() + SEARCH)
    await use(page, t)
    await page.context().close()
    assert.deepEqual(complaints, [])
  })
}

/** What is printed, what is asked, what of the print is marked; null where nothing is found. */
const FOLDING = [
  ['マイナンバーカード', 'マイナンバー', 'マイナンバー'],
  ['マイナンバーカード', 'ﾏｲﾅﾝﾊﾞｰ', 'マイナンバー'],
  ['マイナンバーカード', 'まいなんばー', 'マイナンバー'],
  ['ﾏｲﾅﾝﾊﾞｰｶｰﾄﾞ', 'マイナンバー', 'ﾏｲﾅﾝﾊﾞｰ'],
  ['まいなんばー', 'ﾏｲﾅﾝﾊﾞｰ', 'まいなんばー'],
  ['ヴァイオリン・ヽヾ', 'ゔぁいおりん・ゝゞ', 'ヴァイオリン・ヽヾ'],
  ['か\u3099くの館', 'ガク', 'か\u3099く'],
  ['ﾊﾟﾝ', 'ﾊ', null],
  ['がく', 'か', null],
  ['ＳＤＧｓの推進', 'sdgs', 'ＳＤＧｓ'],
  ['Wi-Fi', 'ｗｉ－ｆｉ', 'Wi-Fi'],
  ['18,104人', '18104', '18,104'],
  ['18,104人', '１８，１０４', '18,104'],
  ['18104人', '18,104', '18104'],
  ['㈱北上オフィス', '(株)北上', '㈱北上'],
  ['㈱北上オフィス', '株', '㈱'],
  ['５０㌔㍍', 'キロメートル', '㌔㍍'],
  ['葛\u{E0100}飾', '葛飾', '葛\u{E0100}飾'],
  ['葛飾', '葛\u{E0100}', '葛'],
  ['𠮷野家', '野', '野'],
  ['待機児童の数', '児童　待機', '待機児童'],
  ['保育', '保健', null],
  ['何か', '，', null],
]

onSearch('folding: a table of what is printed, asked and marked', async page => {
  const marked = await page.evaluate(table => table.map(([printed, asked]) => {
    const ranges = globalThis.shirube.ranges(asked, printed)
    return [printed, asked, ranges.length === 0 ? null : printed.slice(...ranges[0])]
  }), FOLDING)
  assert.deepEqual(marked, FOLDING)
})

onSearch('whatever is printed is found in any width, case and kana, just on the pages that hold it', async (page, t) => {
  const addresses = site.pages.filter(address => searched.includes(kind(address)))
  const texts = await page.evaluate(readAll, addresses.map(address => [address, site.read(address).toString()]))
  const questions = ['待機児童', '18,104', '介護', 'クアオルト', 'U・Iターン', 'ふるさと納税', ...drawn(texts, 300)]
  const found = await page.evaluate(findAll, questions)
  const folded = texts.map(([address, text]) => [address, plain(text)])
  const findings = questions.flatMap((question, i) => {
    const holders = folded.filter(([, text]) => text.includes(plain(question))).map(([address]) => address)
    const missed = holders.filter(address => !found[i].some(([found]) => found === address))
    // Readings are searched and not printed.
    const wrong = found[i].filter(([address, reading]) => !holders.includes(address) && !plain(reading).includes(plain(question)))
    return missed.length + wrong.length === 0 ? [] : [`${question}: missed ${missed}, wrong ${wrong}`]
  })
  const hits = found.flat().length
  t.diagnostic(`${questions.length} questions, ${addresses.length} pages, ${hits} hits, ${findings.length} findings`)
  assert.deepEqual(findings, [])
  assert.ok(hits > questions.length, 'hardly anything was found')
})

for (const [way, start] of [['a server', () => site.served], ['the bare disk', () => site.onDisk]]) {
  onSearch(`from ${way}: asked by keys, answered with marks, links to places, and a sentence; the address keeps it`, async page => {
    await page.goto(`${start()}kitakami/index.html`)
    await page.focus('.site-search input[type=search]')
    await page.keyboard.type('ﾏｯﾁﾝｸﾞ')
    await page.keyboard.press('Enter')
    const first = await answer(page)
    assert.match(first.status, /「ﾏｯﾁﾝｸﾞ」.*\d+件/)
    assert.match(first.parts[0], /北上市/, 'the strategy from which the reader comes is not the first')
    assert.ok(first.marks.length > 0 && first.marks.every(mark => mark === 'マッチング'), `marked: ${first.marks}`)
    assert.equal(new URL(page.url()).searchParams.get('q'), 'ﾏｯﾁﾝｸﾞ')
    for (const [address, id] of first.links) {
      assert.ok(id === '' || site.read(address).includes(`id="${id}"`), `no ${id} on ${address}`)
    }

    await page.focus('#search-words')
    await page.keyboard.press('End')
    await page.keyboard.type(' 就職')
    await asked(page, 'q', 'ﾏｯﾁﾝｸﾞ 就職')
    const both = await answer(page)
    assert.ok(both.count > 0 && both.count <= first.count, `${both.count} pages hold both, ${first.count} the one`)

    await page.selectOption('[name=kind]', 'policy')
    await asked(page, 'kind', 'policy')
    const policies = await answer(page)
    assert.ok(policies.links.every(([address]) => kind(address) === 'policy'), `${policies.links}`)

    await page.reload()
    assert.deepEqual(await answer(page), policies, 'the address does not keep the question')

    await page.selectOption('[name=kind]', '')
    await page.selectOption('[name=edition]', 'kitakami/2019')
    await asked(page, 'edition', 'kitakami/2019')
    const sheets = await answer(page)
    assert.ok(sheets.links.length > 0 && sheets.links.every(([address]) => kind(address) === 'sheet'), `${sheets.links}`)

    await page.fill('#search-words', '無い言葉')
    await asked(page, 'q', '無い言葉')
    assert.equal((await answer(page)).count, 0)
  }, { start })
}

onSearch('nothing of the index is loaded before something is looked for', async page => {
  const loaded = await page.evaluate(() => performance.getEntriesByType('resource').map(entry => entry.name))
  assert.deepEqual(loaded.filter(name => name.endsWith('.js')), [`${site.served}assets/search.js`])
})

onSearch('readings find names', async page => {
  const [found] = await page.evaluate(findAll, ['ｷﾀｶﾐｼﾊﾞﾝそうごう'])
  assert.deepEqual(found.map(([address]) => address), ['kitakami/index.html'])
  const terms = await page.evaluate(() => globalThis.shirube.find('ジムジギョウ', 'glossary.js'))
  assert.deepEqual(terms.map(({ name }) => name), ['事務事業'])
})

onSearch('without scripts the page lists what there is and says what it lacks', async page => {
  assert.ok(await page.isVisible('noscript p'))
  assert.ok(!await page.isVisible('form.search'))
  const links = await page.$$eval('main a', links => links.map(link => link.getAttribute('href')))
  assert.deepEqual(site.ofKind('strategy').filter(address => !links.includes(address)), [])
}, { scripts: false })

/** Waits until the address says what is asked: then the page is about to answer. */
function asked(page, name, value) {
  return page.waitForFunction(([name, value]) => new URLSearchParams(location.search).get(name) === value, [name, value])
}

/** What the page answers, once it has. */
async function answer(page) {
  await page.waitForFunction(() => /件です|ありません/.test(document.querySelector('.search-count').textContent))
  return page.evaluate(() => ({
    status: document.querySelector('.search-count').textContent,
    count: Number(document.querySelector('.search-count').textContent.match(/(\d+)件/)?.[1] ?? 0),
    parts: [...document.querySelectorAll('.search-results h2')].map(heading => heading.textContent),
    marks: [...document.querySelectorAll('.search-results mark')].map(mark => mark.textContent),
    links: [...document.querySelectorAll('.search-results a')].map(link => {
      const [address, fragment = ''] = link.getAttribute('href').split('#')
      return [decodeURIComponent(address), decodeURIComponent(fragment.split(':~:')[0])]
    }),
  }))
}

/** In the page: for each question the pages that are found in all strategies, and the readings of their names. */
async function findAll(questions) {
  const shards = [...document.querySelectorAll('[data-strategy]')].map(part => part.dataset.index)
  const found = []
  for (const question of questions) {
    const entries = await Promise.all(shards.map(shard => globalThis.shirube.find(question, shard)))
    found.push(entries.flat().map(({ url, reading }) => [decodeURIComponent(url), reading ?? '']))
  }
  return found
}

/** In the page: what a reader sees on other pages, read by the browser's parser and not by ours. Blocks stand apart. */
function readAll(pages) {
  const inline = 'a abbr b bdi code em i mark s small span strong time'.toUpperCase().split(' ')
  const read = node => {
    if (node.nodeType === Node.TEXT_NODE) return node.data
    if (node.nodeType !== Node.ELEMENT_NODE) return ''
    if (node.matches('nav, svg, script, [hidden], [aria-hidden=true], [data-unsearched]')) return ' '
    if (node.dataset.searched !== undefined) return node.dataset.searched
    const inside = [...node.childNodes].map(read).join('')
    return inline.includes(node.tagName) ? inside : ` ${inside} `
  }
  return pages.map(([address, html]) => {
    const page = new DOMParser().parseFromString(html, 'text/html')
    return [address, read(page.querySelector('main')).replace(/\s+/g, ' ')]
  })
}

/** Parts of the texts, each in another width, case or kana: always the same ones. */
function drawn(texts, count) {
  let seed = 20160401
  const random = below => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
    return Math.floor(seed / 2 ** 32 * below)
  }
  const questions = []
  while (questions.length < count) {
    const words = texts[random(texts.length)][1].split(' ')
    const word = [...words[random(words.length)]]
    const from = random(word.length)
    const part = word.slice(from, from + 1 + random(8)).join('')
    // Marks that follow a character belong to it, and nothing but commas is nothing.
    if (!/^\p{M}/u.test(word.slice(from).join('')) && plain(part) !== '') questions.push(disguised(part, random(4)))
  }
  return questions
}

function disguised(text, how) {
  const shift = (range, by) => text.replace(range, c => String.fromCharCode(c.charCodeAt(0) + by))
  if (how === 0) return shift(/[!-~]/g, 0xFEE0)
  if (how === 1) return shift(/[ァ-ヶ]/g, -0x60)
  if (how === 2) return shift(/[ぁ-ゖ]/g, 0x60)
  return text.normalize('NFD').toUpperCase()
}

/** The folding once more, on whole texts and in other words: what the search does cluster by cluster. */
function plain(text) {
  const hiragana = text.normalize('NFKC').toLowerCase().replace(/[ァ-ヶヽヾ]/g, c => String.fromCharCode(c.charCodeAt(0) - 0x60))
  return hiragana.replace(/[,\uFE00-\uFE0F]/g, '')
}
