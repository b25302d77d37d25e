#!/usr/bin/env node
// Screenshots of a built site for visual review: each kind of page at phone and desktop width, light and dark.
//
//     node tests/browser/screens.mjs <site> <folder> [page …]
//
// By default the largest page of each kind. A screenshot shows the whole page up to a readable height.

import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { apply, browser, tab, usual } from './support/browser.mjs'
import { site } from './support/site.mjs'

const TALLEST = 4000

const [, , , folder, ...chosen] = process.argv
if (!folder) throw new Error('screens.mjs <site> <folder> [page …]')
mkdirSync(folder, { recursive: true })

const page = await tab()
for (const address of chosen.length ? chosen : site.largestOfEachKind()) {
  await page.goto(site.fileUrl + encodeURI(address))
  for (const width of [390, 1280]) {
    for (const scheme of ['light', 'dark']) {
      await apply(page, { ...usual, width, scheme })
      const height = Math.min(TALLEST, await page.evaluate(() => document.documentElement.scrollHeight))
      const name = `${address.replace(/\.html$/, '').replaceAll('/', '-')}-${width}-${scheme}.png`
      await page.screenshot({ path: join(folder, name), fullPage: true, clip: { x: 0, y: 0, width, height } })
    }
  }
}
await browser.close()
