// Loading: no layout shifts, and a limit for the size of pages.

import { dirname, join } from 'node:path/posix'
import { everyPage, onPages, wholeSite } from '../support/suite.mjs'

everyPage('no layout shift while a page loads', { width: 360 }, page => page.evaluate(moved))

onPages('no layout shift when search results appear', site => site.pages.filter(page => /^(search|shift)\.html$/.test(page)), { width: 360 }, async page => {
  await page.goto(`${page.url()}?q=北上`)
  await page.waitForFunction(() => document.querySelector('.search-results')?.children.length !== 0)
  return page.evaluate(moved)
})

/** Runs in the page: all layout shifts since the page was first shown, however small. */
async function moved() {
  const shifts = []
  new PerformanceObserver(list => shifts.push(...list.getEntries())).observe({ type: 'layout-shift', buffered: true })
  for (let frame = 0; frame < 4; frame += 1) await new Promise(requestAnimationFrame)
  return shifts.map(shift => ({
    rule: 'layout shift',
    what: `${shift.value.toFixed(4)} ${shift.sources.map(source => source.node && see.where(source.node.parentElement)).join(', ')}`,
  }))
}

for (const [kind, kB] of [['policy', 90], ['home', 75]]) {
  wholeSite(`a ${kind} page with style and scripts is below ${kB} kB, without the search index`, site => {
    const weights = site.ofKind(kind).map(address => ({ address, weight: weight(site, address) }))
    const heaviest = Math.max(...weights.map(({ weight }) => weight))
    const findings = weights.filter(({ weight }) => weight >= (site.sizeLimit ?? kB * 1000))
      .map(({ address, weight }) => ({ address, rule: 'too large', what: `${weight} bytes` }))
    return { count: `${weights.length} pages, the largest ${(heaviest / 1000).toFixed(1)} kB`, findings }
  })
}

function weight(site, page) {
  const html = site.read(page).toString()
  const elements = [...html.matchAll(/<(?:link rel="stylesheet"|script)[^>]*?(?:href|src)="([^"]+)"/g)]
  const path = address => join(dirname(page), address.replace(/[?].*/, ''))
  return [page, ...elements.map(([, address]) => path(address))]
    .reduce((sum, file) => sum + site.read(file).length, 0)
}
