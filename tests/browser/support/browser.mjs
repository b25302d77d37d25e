// Chromium with an empty profile and without background activity.

import { readFileSync } from 'node:fs'
import { axe, chromium } from './packages.mjs'

const inPage = readFileSync(new URL('in-page.js', import.meta.url), 'utf8')

/** The browser of all areas: the executable in CHROME, or the one that playwright-core installed. */
export const browser = await chromium.launch({
  executablePath: process.env.CHROME || undefined,
  chromiumSandbox: process.getuid?.() !== 0,
  args: [
    '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync',
  ],
})

/** Timeout for a page in milliseconds, sufficient for a busy machine. */
const TIMEOUT = 180_000

/** Default setting of tabs. Motion is reduced, so that no check sees an unfinished animation. */
export const usual = { width: 1280, scheme: 'light', forced: 'none', motion: 'reduce', media: 'screen' }

/** Opens a tab with `setting`, the helpers of `in-page.js`, and optionally axe. */
export async function tab(setting = usual, { scripts = true, axe: withAxe = false } = {}) {
  const context = await browser.newContext({ viewport: size(setting.width), javaScriptEnabled: scripts, locale: 'ja-JP' })
  context.setDefaultTimeout(TIMEOUT)
  if (scripts) await context.addInitScript(withAxe ? `${axe};${inPage}` : inPage)
  const page = await context.newPage()
  await apply(page, setting)
  return page
}

/** Sets width, colour scheme, motion and medium of a tab. */
export async function apply(page, { width, scheme, forced, motion, media }) {
  await page.setViewportSize(size(width))
  await page.emulateMedia({ colorScheme: scheme, forcedColors: forced, reducedMotion: motion, media })
}

function size(width) {
  return { width, height: width < 600 ? 800 : 900 }
}
