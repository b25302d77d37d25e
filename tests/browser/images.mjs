#!/usr/bin/env node
// The images of the README, from the built site of `content`.
//
//     node tests/browser/images.mjs output
//
// Each begins at an element of a page, has a fixed size, and replaces a file of `docs/images`. Reduce them to a palette of
// 128 colours before committing them, for example with ImageMagick.

import { fileURLToPath } from 'node:url'
import { apply, browser, tab, usual } from './support/browser.mjs'
import { site } from './support/site.mjs'

const FOLDER = fileURLToPath(new URL('../../docs/images/', import.meta.url))

const IMAGES = [
  { file: 'strategy.png', page: 'kitakami/index.html', from: '.key-points', width: 1120, height: 1136 },
  { file: 'policy-phone.png', page: 'kitakami/policies/2.html', from: '#indicators', width: 390, height: 776 },
  { file: 'indicator.png', page: 'kitakami/policies/2.html', from: '.indicator', width: 1120, height: 636 },
]

const page = await tab()
for (const { file, page: address, from, width, height } of IMAGES) {
  await apply(page, { ...usual, width })
  await page.goto(site.fileUrl + address)
  const { y } = await page.locator(from).first().boundingBox()
  await page.screenshot({ path: FOLDER + file, fullPage: true, clip: { x: 0, y: Math.round(y), width, height } })
}
await browser.close()
