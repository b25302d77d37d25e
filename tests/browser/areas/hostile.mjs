// Content with script payloads: every text of the content contains markup or a script URL
// (`tests/suite/hostile/payloads.rs`). No payload may run, with or without the content security policy of the site; the
// policy must also stop payloads if a theme prints a text as markup.

import assert from 'node:assert'
import { readFileSync, readdirSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'
import { test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { browser } from '../support/browser.mjs'

const TABS = 4
const folder = process.env.SHIRUBE_HOSTILE && resolve(process.env.SHIRUBE_HOSTILE)

/** Opens the pages of a site; returns those on which a payload ran (`ran`), and markup that could run one (`alive`). */
async function seen(name, only = () => true) {
  const site = join(folder, name)
  const base = `${pathToFileURL(site)}/`
  const pages = readdirSync(site, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile() && entry.name.endsWith('.html'))
    .map(entry => relative(site, join(entry.parentPath ?? entry.path, entry.name)).split(sep).map(encodeURIComponent).join('/'))
  const asked = ['img', '決算', "'\"><img src=x onerror=hit()>"].flatMap(query =>
    ['search.html', 'mori/keikaku/programs.html', 'mori/keikaku/indicators.html'].map(page => `${page}?q=${encodeURIComponent(query)}`))
  const waiting = [...pages, ...asked].filter(only)
  /** Returns true if a page redirects, which would interrupt the next page in its tab. */
  const redirects = address => /http-equiv="?refresh/i.test(readFileSync(join(site, decodeURIComponent(address.split('?')[0]))))
  const found = { pages: waiting.length, ran: [], alive: [] }
  await Promise.all(Array.from({ length: TABS }, async () => {
    let page, here
    for (let address; (address = waiting.shift());) {
      here = address
      if (!page) {
        page = await browser.newPage()
        await page.exposeBinding('hit', () => { found.ran.push(here) })
        page.on('dialog', dialog => dialog.dismiss())
      }
      const moves = error => { if (!/interrupted|destroyed|navigat/i.test(error.message)) throw error }
      await page.goto(base + address, { waitUntil: 'load' }).catch(moves)
      const alive = await page.evaluate(provoke).catch(moves)
      found.alive.push(...(alive ?? []).map(what => `${here}: ${what}`))
      if (redirects(address)) {
        await page.close()
        page = undefined
      }
    }
    await page?.close()
  }))
  return found
}

/** Runs in the page: triggers events and script links; returns elements that could run a script. */
async function provoke() {
  const elements = [...document.querySelectorAll('*')]
  for (const element of elements) {
    if (element instanceof HTMLDetailsElement) element.open = true
    for (const kind of ['mouseover', 'focus', 'toggle']) element.dispatchEvent(new Event(kind))
  }
  // Browsers do not run data blocks. One that is valid JSON was not ended by its texts.
  const isData = script => {
    try {
      return script.type === 'application/ld+json' && JSON.parse(script.textContent) !== null
    } catch {
      return false
    }
  }
  const runs = /^(javascript|vbscript|data|blob):/i
  const alive = elements.filter(element =>
    element.getAttributeNames().some(name => name.startsWith('on') || name === 'srcdoc')
    || element.localName === 'script' && !element.hasAttribute('src') && !isData(element)
    || ['iframe', 'object', 'embed'].includes(element.localName)
    || element.localName === 'base' && element.hasAttribute('href')
    || runs.test(element.protocol ?? '') || runs.test(element.href?.baseVal ?? '')
    || runs.test(element.getAttribute('action') ?? '') || runs.test(element.getAttribute('formaction') ?? ''))
  for (const link of elements) if (runs.test(link.protocol ?? '')) link.click()
  // Error events of missing images are asynchronous.
  await new Promise(done => setTimeout(done, 50))
  return alive.map(element => element.outerHTML.slice(0, 120))
}

function hostile(title, name, check, only) {
  test(title, { skip: folder ? false : 'SHIRUBE_HOSTILE is not set' }, async t => {
    const started = performance.now()
    const found = await seen(name, only)
    const seconds = ((performance.now() - started) / 1000).toFixed(1)
    t.diagnostic(`${found.pages} pages, ${found.ran.length} payloads ran, ${found.alive.length} alive, ${seconds} s`)
    check(found)
  })
}

const nothing = found => {
  assert.deepEqual([...new Set([...found.ran, ...found.alive])], [])
  assert.ok(found.pages > 20, 'too few pages were opened')
}

hostile('markup in every text does not run, with the policy', 'markup', nothing)
hostile('markup in every text does not run, without the policy', 'markup-no-csp', nothing)
hostile('script URLs in every text do not run, without the policy', 'addresses-no-csp', nothing)
hostile('markup in every text does not run with a custom theme, without the policy', 'theme-no-csp', nothing)
hostile('markup in every text of a theme does not run, without the policy', 'texts-no-csp', nothing)
/** For sites with a known fault one page is sufficient. */
const first = address => address === 'index.html'

hostile('a theme that prints a text as markup is detected', 'broken-no-csp', found => {
  assert.ok(found.ran.includes('index.html'), 'the payload did not run')
  assert.ok(found.alive.some(what => what.startsWith('index.html: ')), 'the markup was not detected')
}, first)
hostile('the policy blocks markup that a theme prints from a text', 'broken', found => {
  assert.deepEqual(found.ran, [])
  assert.ok(found.alive.some(what => what.startsWith('index.html: ')), 'the page contains no markup that could run')
}, first)
