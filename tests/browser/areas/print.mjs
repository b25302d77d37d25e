// Print layout: A4 with margins of 14 mm is 688 CSS pixels wide.

import { fills } from '../support/pdf.mjs'
import { everyPage, onPages } from '../support/suite.mjs'

const paper = { media: 'print', width: 688 }
const PAGE_HEIGHT = 1000

/** Limits of print documents: sheets, and the filled part of a sheet other than cover and last one. */
const SHEETS = 60
const FILLED = 0.45

everyPage('nothing is cut off on A4', paper, page => page.evaluate(() => {
  const { scrollWidth, clientWidth } = document.documentElement
  const wide = scrollWidth > clientWidth ? [{ rule: 'wider than the paper', what: `${scrollWidth} px` }] : []
  const scrolls = [...document.body.querySelectorAll('*')].filter(element => see.shown(element) && element instanceof HTMLElement
    && getComputedStyle(element).overflowX !== 'visible' && element.scrollWidth > element.clientWidth + 1)
  return [...wide, ...scrolls.map(element => ({ rule: 'scrollable region on paper', what: see.where(element) }))]
}))

everyPage('charts fit on one sheet and are not split', paper, page => page.evaluate(height => {
  const kept = chart => {
    for (let at = chart; at; at = at.parentElement) if (getComputedStyle(at).breakInside.startsWith('avoid')) return true
    return false
  }
  return [...document.querySelectorAll('svg[role=img]')].flatMap(chart => [
    ...chart.getBoundingClientRect().height > height ? [{ rule: 'taller than the paper', what: see.where(chart) }] : [],
    ...kept(chart) ? [] : [{ rule: 'may be split', what: see.where(chart) }],
  ])
}, PAGE_HEIGHT))

everyPage('navigation is not printed', paper, page => page.evaluate(() => {
  return [...document.querySelectorAll('.skip, nav')].filter(see.shown).map(element => ({ rule: 'printed navigation', what: see.where(element) }))
}))

everyPage('folded details are open in print', paper, page => page.evaluate(() => {
  return [...document.querySelectorAll('details')].filter(details => see.shown(details)
    && ![...details.children].slice(1).every(child => child.getBoundingClientRect().height > 0 && child.checkVisibility({ contentVisibilityAuto: true })))
    .map(details => ({ rule: 'closed in print', what: see.where(details) }))
}))

onPages('the sheets of print documents are filled', site => site.ofKind('print'), paper, async page => {
  const sheets = fills(await page.pdf({ preferCSSPageSize: true }))
  const long = sheets.length > SHEETS ? [{ rule: 'too many sheets', what: `${sheets.length}` }] : []
  const gaps = [...sheets.entries()].filter(([index, filled]) => index > 0 && index < sheets.length - 1 && filled < FILLED)
  return [...long, ...gaps.map(([index, filled]) => ({ rule: 'large gap', what: `sheet ${index + 1}: ${Math.round(filled * 100)} %` }))]
})
