// Light and still: a page on a slow phone is there at once and does not jump.

import { dirname, join } from 'node:path/posix'
import { everyPage, wholeSite } from '../support/suite.mjs'

everyPage('nothing moves while a page loads', { width: 360 }, page => page.evaluate(async () => {
  const shifts = []
  new PerformanceObserver(list => shifts.push(...list.getEntries())).observe({ type: 'layout-shift', buffered: true })
  for (let frame = 0; frame < 4; frame += 1) await new Promise(requestAnimationFrame)
  // Less than a hundredth is a word that turned its line while the page was still being read.
  return shifts.filter(shift => shift.value >= 0.01).map(shift => ({
    rule: 'layout shift',
    what: `${shift.value.toFixed(4)} ${shift.sources.map(source => source.node && see.where(source.node.parentElement)).join(', ')}`,
  }))
}))

wholeSite('a policy with its style and scripts weighs less than 120 kB, search index aside', site => {
  const weights = site.ofKind('policy').map(address => ({ address, weight: weight(site, address) }))
  const heaviest = Math.max(...weights.map(({ weight }) => weight))
  const findings = weights.filter(({ weight }) => weight >= site.heaviest)
    .map(({ address, weight }) => ({ address, rule: 'too heavy', what: `${weight} bytes` }))
  return { count: `${weights.length} policies, the heaviest ${Math.round(heaviest / 1000)} kB`, findings }
})

function weight(site, page) {
  const html = site.read(page).toString()
  const elements = [...html.matchAll(/<(?:link rel="stylesheet"|script)[^>]*?(?:href|src)="([^"]+)"/g)]
  const parts = elements.map(([, address]) => address).filter(part => !part.includes('search-index'))
  return [page, ...parts.map(part => join(dirname(page), part))]
    .reduce((sum, file) => sum + site.read(file).length, 0)
}
