// Search: every text of the report is found on all pages that contain it and on no others, regardless of width, case
// and kana; from a server and from file: URLs, with the keyboard; and a fallback list without scripts.

import assert from 'node:assert'
import { test } from 'node:test'
import { tab, usual } from '../support/browser.mjs'
import { kind, site } from '../support/site.mjs'

const SEARCH = 'search.html'
const searched = ['strategy', 'goal', 'policy', 'program', 'easy']

/** Runs a test on the freshly loaded search page, which must cause no console messages or errors. */
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

/** Printed text, query, and the highlighted part of the printed text (null without a match). */
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

onSearch('folding ignores width, case and kana', async page => {
  const marked = await page.evaluate(table => table.map(([printed, asked]) => {
    const ranges = globalThis.shirube.ranges(asked, printed)
    return [printed, asked, ranges.length === 0 ? null : printed.slice(...ranges[0])]
  }), FOLDING)
  assert.deepEqual(marked, FOLDING)
})

onSearch('every text is found in any width, case and kana, only on the pages that contain it', async (page, t) => {
  const addresses = site.pages.filter(address => searched.includes(kind(address)))
  const texts = await page.evaluate(readAll, addresses.map(address => [address, site.read(address).toString()]))
  const questions = ['待機児童', '18,104', '介護', 'クアオルト', 'U・Iターン', 'ふるさと納税', ...drawn(texts, 300)]
  const { entries, found } = await page.evaluate(findAll, questions)
  const printed = texts.map(([address, text]) => [address, plain(text)])
  const indexed = entries.map(([address, text]) => [address, plain(text)])
  const findings = questions.flatMap((question, i) => {
    const holders = among => among.filter(([, text]) => text.includes(plain(question))).map(([address]) => address)
    const missed = [...holders(printed), ...holders(indexed)].filter(address => !found[i].includes(address))
    const wrong = found[i].filter(address => !holders(indexed).includes(address))
    return missed.length + wrong.length === 0 ? [] : [`${question}: missed ${missed}, wrong ${wrong}`]
  })
  const hits = found.flat().length
  t.diagnostic(`${questions.length} questions, ${addresses.length} pages, ${hits} hits, ${findings.length} findings`)
  assert.deepEqual(findings, [])
  assert.ok(hits > questions.length, 'too few pages were found')
})

for (const [way, start] of [['a server', () => site.served], ['file: URLs', () => site.fileUrl]]) {
  onSearch(`from ${way}: keyboard search with highlights, anchors, status and a persistent URL`, async page => {
    await page.goto(`${start()}kitakami/index.html`)
    await page.focus('.site-search input[type=search]')
    await page.keyboard.type('ﾏｯﾁﾝｸﾞ')
    await page.keyboard.press('Enter')
    const first = await answer(page)
    assert.match(first.status, /「ﾏｯﾁﾝｸﾞ」.*\d+件/)
    assert.match(first.parts[0], /北上市/, 'the strategy of the previous page is not the first')
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
    assert.ok(both.count > 0 && both.count <= first.count, `${both.count} pages match both words, ${first.count} match the first`)

    await page.selectOption('[name=kind]', 'policy')
    await asked(page, 'kind', 'policy')
    const policies = await answer(page)
    assert.ok(policies.links.every(([address]) => kind(address) === 'policy'), `${policies.links}`)

    await page.reload()
    assert.deepEqual(await answer(page), policies, 'the query is not kept in the URL')

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

onSearch('the index is not loaded before a search', async page => {
  const loaded = await page.evaluate(() =>
    performance.getEntriesByType('resource').map(entry => entry.name.replace(/\?v=[0-9a-f]{8}$/, '')))
  assert.deepEqual(loaded.filter(name => name.endsWith('.js')), [`${site.served}assets/search.js`])
})

onSearch('readings match names', async page => {
  const { found } = await page.evaluate(findAll, ['ｷﾀｶﾐｼﾊﾞﾝそうごう'])
  assert.deepEqual(found, [['kitakami/index.html']])
  const terms = await page.evaluate(() => globalThis.shirube.find('ジムジギョウ', 'glossary.js'))
  assert.deepEqual(terms.map(({ name }) => name), ['事務事業'])
})

onSearch('without scripts the page lists strategies and explains the missing search', async page => {
  assert.ok(await page.isVisible('noscript p'))
  assert.ok(!await page.isVisible('form.search'))
  const links = await page.$$eval('main a', links => links.map(link => link.getAttribute('href')))
  assert.deepEqual(site.ofKind('strategy').filter(address => !links.includes(address)), [])
}, { scripts: false })

/** Waits until a query parameter has a value, which is set before the page shows results. */
function asked(page, name, value) {
  return page.waitForFunction(([name, value]) => new URLSearchParams(location.search).get(name) === value, [name, value])
}

/** Waits for the status message, and returns the results. */
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

/** Runs in the page: the texts of all entries, and for each query the matching pages of all strategies. */
async function findAll(questions) {
  const shards = [...document.querySelectorAll('[data-strategy]')].map(part => part.dataset.index)
  const ask = async question => {
    const entries = await Promise.all(shards.map(shard => globalThis.shirube.find(question, shard)))
    return entries.flat().map(entry => [decodeURIComponent(entry.url), entry])
  }
  const text = ({ label, name, reading = '', sections }) =>
    [label, name, reading, ...sections.flatMap(({ heading = '', lines }) => [heading, ...lines])].join('\n')
  const entries = (await ask('')).map(([address, entry]) => [address, text(entry)])
  const found = []
  for (const question of questions) found.push((await ask(question)).map(([address]) => address))
  return { entries, found }
}

/** Runs in the page: names, texts and figures of other pages, parsed by the browser and separated by block. */
function readAll(pages) {
  const blocks = '.prose :is(p, li, td, th, h3, h4, h5, h6)'
  const read = node => {
    if (node.nodeType === Node.TEXT_NODE) return node.data
    if (node.nodeType !== Node.ELEMENT_NODE || node.matches('sup, svg, rt, rp, .back, .edition')) return ''
    return [...node.childNodes].map(read).join('')
  }
  return pages.map(([address, html]) => {
    const page = new DOMParser().parseFromString(html, 'text/html')
    const own = [...page.querySelectorAll(`h1, .indicator h3, .row-name, .values .figure, ${blocks}`)]
    const texts = own.filter(element => !element.querySelector('p, li, table')).map(read)
    return [address, texts.join(' ').replace(/\s+/g, ' ').trim()]
  })
}

/** A reproducible sample of parts of the texts, each converted to another width, case or kana. */
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
    // Combining marks belong to the preceding character, and commas alone fold to nothing.
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

/** A second implementation of the folding, on whole texts; the search folds cluster by cluster. */
function plain(text) {
  const hiragana = text.normalize('NFKC').toLowerCase().replace(/[ァ-ヶヽヾ]/g, c => String.fromCharCode(c.charCodeAt(0) - 0x60))
  return hiragana.replace(/[,\uFE00-\uFE0F]/g, '')
}
