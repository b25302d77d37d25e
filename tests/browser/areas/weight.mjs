// Light and still: a page on a slow phone is there at once and does not jump.

import assert from 'node:assert'
import { test } from 'node:test'
import { everyPage } from '../support/suite.mjs'
import { folder, ofKind } from '../support/site.mjs'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const phone = { width: 390 }

everyPage('nothing moves while a page loads', phone, page => page.evaluate(async () => {
  const shifts = new PerformanceObserver(() => {})
  shifts.observe({ type: 'layout-shift', buffered: true })
  await new Promise(painted => requestAnimationFrame(() => requestAnimationFrame(painted)))
  return shifts.takeRecords().map(shift => ({
    rule: 'layout shift',
    what: `${shift.value.toFixed(4)} ${shift.sources.map(source => source.node && see.where(source.node.parentElement)).join(', ')}`,
  }))
}))

const LIMIT = 120_000

test('a policy with its style and scripts weighs less than 120 kB, search index aside', t => {
  const weights = ofKind('policy').map(page => ({ page, weight: weight(page) }))
  const heaviest = weights.reduce((a, b) => (a.weight > b.weight ? a : b))
  t.diagnostic(`${weights.length} policies, the heaviest ${Math.round(heaviest.weight / 1000)} kB`)
  assert.deepEqual(weights.filter(({ weight }) => weight >= LIMIT), [])
})

function weight(page) {
  const html = readFileSync(join(folder, page), 'utf8')
  const parts = [...html.matchAll(/<(?:link rel="stylesheet"[^>]* href|script[^>]* src)="([^"]+)"/g)].map(([, address]) => address)
  assert.ok(parts.length > 0, `${page} has no style`)
  return [html, ...parts.filter(part => !part.includes('search-index')).map(part => readFileSync(join(folder, dirname(page), part)))]
    .reduce((sum, part) => sum + Buffer.byteLength(part), 0)
}
