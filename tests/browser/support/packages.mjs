// The two npm packages. They are installed outside of the source tree, so they are resolved explicitly.

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = fileURLToPath(new URL('.', import.meta.url))
const folder = resolve(process.env.SHIRUBE_BROWSER_PACKAGES ?? `${here}/../../../target/browser`)
const require = createRequire(`${folder}/`)

export const { chromium } = require('playwright-core')
export const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8')
