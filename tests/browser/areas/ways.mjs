// Ways through the site: a reader finds everything from home, knows where he is, and no link is dead.

import assert from 'node:assert'
import { test } from 'node:test'
import { everyPage } from '../support/suite.mjs'
import { kind, ofKind, pages } from '../support/site.mjs'

const links = new Map()
const anchors = new Map()
const titles = new Map()

everyPage('every page says where it is', {}, async (page, { address, base }) => {
  const seen = await page.evaluate(() => ({
    links: [...document.querySelectorAll('a[href]')].map(a => a.href),
    anchors: [...document.querySelectorAll('[id]')].map(element => element.id),
    title: document.title,
    here: document.querySelector('nav [aria-current=page]')?.textContent.trim() ?? '',
    steps: [...document.querySelectorAll('nav.trail a')].map(a => a.href),
  }))
  links.set(address, seen.links.filter(href => href.startsWith(base)).map(href => decodeURIComponent(href.slice(base.length))))
  anchors.set(address, new Set(seen.anchors))
  titles.set(seen.title, [...titles.get(seen.title) ?? [], address])
  if (kind(address) === 'home') return []
  return seen.here !== '' && seen.steps[0] === `${base}index.html` ? [] : [{ rule: 'no trail from home', what: seen.here }]
})

test('no two pages have the same title', t => {
  t.diagnostic(`${titles.size} titles`)
  assert.deepEqual([...titles].filter(([, pages]) => pages.length > 1), [])
})

test('every link within the site leads to a page, and to a place on it', t => {
  const dead = []
  let count = 0
  for (const [page, targets] of links) {
    for (const target of targets) {
      const [address, anchor] = target.split('#')
      count += 1
      if (address.endsWith('.html') && !pages.includes(address)) dead.push(`${page} → ${target}`)
      else if (anchor && !anchors.get(address)?.has(anchor)) dead.push(`${page} → ${target}`)
    }
  }
  t.diagnostic(`${count} links`)
  assert.deepEqual(dead, [])
})

const reach = { policy: 2, program: 3, goal: 2 }

for (const [wanted, most] of Object.entries(reach)) {
  test(`from home to any ${wanted} in ${most} clicks`, t => {
    const clicks = distances()
    const far = ofKind(wanted).map(page => ({ page, clicks: clicks.get(page) ?? Infinity })).filter(({ clicks }) => clicks > most)
    t.diagnostic(`${ofKind(wanted).length} pages, ${far.length} findings`)
    assert.deepEqual(far, [])
  })
}

test('every page can be reached from home', () => {
  const clicks = distances()
  assert.deepEqual(pages.filter(page => page !== '404.html' && !clicks.has(page)), [])
})

/** How many clicks each page is away from home. */
function distances() {
  const clicks = new Map([['index.html', 0]])
  const waiting = ['index.html']
  for (let page; (page = waiting.shift());) {
    for (const target of links.get(page) ?? []) {
      const [address] = target.split('#')
      if (pages.includes(address) && !clicks.has(address)) {
        clicks.set(address, clicks.get(page) + 1)
        waiting.push(address)
      }
    }
  }
  return clicks
}
