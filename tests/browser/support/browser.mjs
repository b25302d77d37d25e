// Chromium as the tests use it: quiet, alone, with an empty profile.

import { readFileSync } from 'node:fs'
import { axe, chromium } from './packages.mjs'

const inPage = readFileSync(new URL('in-page.js', import.meta.url), 'utf8')

/** The one browser of all areas: that which CHROME names, or the one that playwright-core installed for itself. */
export const browser = await chromium.launch({
  executablePath: process.env.CHROME || undefined,
  chromiumSandbox: process.getuid?.() !== 0,
  args: [
    '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync',
  ],
})

/** How long a page may take, in milliseconds: a machine may be busy with other things. */
const PATIENCE = 180_000

/** How pages are shown unless said otherwise. Nothing moves, so that nothing is seen halfway. */
export const usual = { width: 1280, scheme: 'light', forced: 'none', motion: 'reduce', media: 'screen' }

/** A tab that shows pages as `setting` says and has the helpers of `in-page.js` at hand, and axe if asked. */
export async function tab(setting = usual, { scripts = true, axe: withAxe = false } = {}) {
  const context = await browser.newContext({ viewport: size(setting.width), javaScriptEnabled: scripts, locale: 'ja-JP' })
  context.setDefaultTimeout(PATIENCE)
  if (scripts) await context.addInitScript(withAxe ? `${axe};${inPage}` : inPage)
  const page = await context.newPage()
  await apply(page, setting)
  return page
}

/** Sets width, colours and medium of a tab. */
export async function apply(page, { width, scheme, forced, motion, media }) {
  await page.setViewportSize(size(width))
  await page.emulateMedia({ colorScheme: scheme, forcedColors: forced, reducedMotion: motion, media })
}

function size(width) {
  return { width, height: width < 600 ? 800 : 900 }
}
