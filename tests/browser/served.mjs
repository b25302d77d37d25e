// Opens every page of a served site in Chromium: no violation of the Content-Security-Policy, no other message of the
// browser, no failed request. The policy of the response is the one that the page declares.
//
//     node tests/browser/served.mjs <folder of the site> <its address>
//
// `cargo xtask serving` runs this for each server.

import { readdirSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { browser, tab } from './support/browser.mjs'

const TABS = 3

const [, , folder, address] = process.argv
const files = path => readdirSync(path, { withFileTypes: true })
  .filter(entry => !entry.name.startsWith('.'))
  .flatMap(entry => entry.isDirectory() ? files(join(path, entry.name)) : [join(path, entry.name)])
const pages = files(folder).filter(file => file.endsWith('.html')).map(file => relative(folder, file).split(sep).join('/'))
const findings = []
const queue = [...pages, 'no/such/page.html']
let data = 0

async function work() {
  const page = await tab()
  let current
  const report = what => findings.push(`${current}: ${what}`)
  await page.addInitScript(() => document.addEventListener('securitypolicyviolation', event =>
    console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`)))
  page.on('console', message => {
    const expected = current === 'no/such/page.html' && message.text().includes('404')
    if (['error', 'warning'].includes(message.type()) && !expected) report(message.text())
  })
  page.on('pageerror', error => report(error.message))
  // A request for the icon may still be under way when the next page is opened.
  page.on('requestfailed', request => {
    const reason = request.failure()?.errorText
    if (reason !== 'net::ERR_ABORTED') report(`${reason}: ${request.url()}`)
  })
  while (queue.length) {
    current = queue.pop()
    const response = await page.goto(address + current, { waitUntil: 'load' })
    const policy = response.headers()['content-security-policy']
    const { declared, blocks, styled } = await page.evaluate(() => ({
      declared: document.querySelector('meta[http-equiv=Content-Security-Policy]')?.content,
      blocks: document.querySelectorAll('script[type="application/ld+json"]').length,
      styled: getComputedStyle(document.body).fontFamily !== '',
    }))
    data += blocks
    if (!policy || policy !== declared) report(`policies differ: ${policy} / ${declared}`)
    if (!styled) report('no style')
  }
  await page.context().close()
}

await Promise.all(Array.from({ length: TABS }, work))
await browser.close()
console.log(`${pages.length} pages and one that does not exist, ${data} with data blocks: ${findings.length} findings`)
findings.slice(0, 20).forEach(finding => console.log(finding))
process.exit(findings.length || !data ? 1 : 0)
