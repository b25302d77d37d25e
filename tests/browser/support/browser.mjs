// Chromium as the tests use it: quiet, alone, with an empty profile.

import { readFileSync } from 'node:fs'
import { axe, chromium } from './packages.mjs'

const inPage = readFileSync(new URL('in-page.js', import.meta.url), 'utf8')

/** Where Chromium is; empty is the one that playwright-core installed for itself. */
const executablePath = (process.env.SHIRUBE_CHROMIUM ?? '/usr/bin/chromium') || undefined

export const launch = () => chromium.launch({
  executablePath,
  chromiumSandbox: process.getuid?.() !== 0,
  args: [
    '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync',
  ],
})

/** How long a page may take, in milliseconds: a machine may be busy with other things. */
const PATIENCE = 180_000

/** A tab that shows pages as `setting` says, and has the helpers of `in-page.js` and axe at hand. */
export async function tab(browser, setting = {}, { scripts = true, scale = 1 } = {}) {
  const context = await browser.newContext({
    viewport: size(setting), deviceScaleFactor: scale, javaScriptEnabled: scripts, locale: 'ja-JP',
  })
  context.setDefaultTimeout(PATIENCE)
  if (scripts) await context.addInitScript(`${axe};${inPage}`)
  const page = await context.newPage()
  await apply(page, setting)
  return page
}

/** Sets width, colours and medium of a tab. Motion is off unless asked for, so that nothing is seen halfway. */
export async function apply(page, { width = 1280, scheme = 'light', forced = 'none', motion = 'reduce', media = 'screen' }) {
  await page.setViewportSize(size({ width }))
  await page.emulateMedia({ colorScheme: scheme, forcedColors: forced, reducedMotion: motion, media })
}

function size({ width = 1280 }) {
  return { width, height: width < 600 ? 800 : 900 }
}
