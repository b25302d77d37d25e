// Ways through the site: a reader finds everything from home, knows where he is, and no link is dead.

import { everyPage, wholeSite } from '../support/suite.mjs'
import { kind } from '../support/site.mjs'

everyPage('every page says where it is', {}, async (page, { site, address, base }) => {
  const seen = await page.evaluate(() => ({
    links: [...document.querySelectorAll('a[href]')].map(a => a.href),
    anchors: [...document.querySelectorAll('[id]')].map(element => element.id),
    title: document.title,
    here: document.querySelector('nav [aria-current=page]')?.textContent.trim() ?? '',
    home: document.querySelector('nav.trail a')?.href,
  }))
  const links = seen.links.filter(href => href.startsWith(base)).map(href => decodeURIComponent(href.slice(base.length)))
  site.notes.ways ??= new Map()
  site.notes.ways.set(address, { links, anchors: new Set(seen.anchors), title: seen.title })
  if (kind(address) === 'home') return []
  return seen.here !== '' && seen.home === `${base}index.html` ? [] : [{ rule: 'no trail from home', what: seen.here }]
})

wholeSite('no two pages have the same title', ({ notes: { ways } }) => {
  const first = new Map()
  const findings = []
  for (const [address, { title }] of ways) {
    if (first.has(title)) findings.push({ address, rule: 'same title', what: `${title}, also of ${first.get(title)}` })
    first.set(title, address)
  }
  return { count: `${first.size} titles`, findings }
})

wholeSite('every link within the site leads to a page, and to a place on it', ({ pages, notes: { ways } }) => {
  const all = new Set(pages)
  const links = [...ways].flatMap(([page, { links }]) => links.map(target => ({ page, target })))
  const findings = links.flatMap(({ page, target }) => {
    const [address, anchor] = target.split('#')
    if (address.endsWith('.html') && !all.has(address)) return [{ address: page, rule: 'no such page', what: target }]
    return anchor && !ways.get(address)?.anchors.has(anchor) ? [{ address: page, rule: 'no such place', what: target }] : []
  })
  return { count: `${links.length} links`, findings }
})

const reach = { goal: 2, policy: 2, program: 3 }

wholeSite('from home to any goal and policy in 2 clicks, to any program in 3', site => {
  const clicks = distances(site)
  const findings = Object.entries(reach).flatMap(([wanted, most]) => site.ofKind(wanted)
    .filter(address => clicks.get(address) > most)
    .map(address => ({ address, rule: `${clicks.get(address)} clicks`, what: wanted })))
  return { count: `${Object.keys(reach).flatMap(wanted => site.ofKind(wanted)).length} pages`, findings }
})

wholeSite('every page can be reached from home', site => {
  const clicks = distances(site)
  const findings = site.pages.filter(page => page !== '404.html' && !clicks.has(page))
    .map(address => ({ address, rule: 'no way there', what: '' }))
  return { count: `${clicks.size} pages`, findings }
})

/** How many clicks each page is away from home. */
function distances({ pages, notes: { ways } }) {
  const all = new Set(pages)
  const clicks = new Map([['index.html', 0]])
  for (const [page, away] of clicks) {
    for (const target of ways.get(page).links) {
      const [address] = target.split('#')
      if (all.has(address) && !clicks.has(address)) clicks.set(address, away + 1)
    }
  }
  return clicks
}
