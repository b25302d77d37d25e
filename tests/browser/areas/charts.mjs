// Legibility of charts on phones and desktops, and their table of values.

import { everyPage } from '../support/suite.mjs'

const phone = { width: 360 }
const SMALLEST = 11

everyPage(`chart text has at least ${SMALLEST} px at 360 px`, phone, page => page.evaluate(smallest => {
  return see.texts().filter(({ element }) => element instanceof SVGElement).flatMap(({ element }) => {
    const size = parseFloat(getComputedStyle(element).fontSize) * element.getScreenCTM().a
    return size >= smallest ? [] : [{ rule: `${size.toFixed(1)} px`, what: see.where(element) }]
  })
}, SMALLEST))

for (const [name, setting] of Object.entries({ 'at 360 px': phone, 'on a desktop': {} })) {
  everyPage(`all parts of a chart are inside its bounds ${name}`, setting, page => page.evaluate(() => {
    return [...document.querySelectorAll('svg[role=img]')].flatMap(chart => {
      const bounds = chart.getBoundingClientRect()
      const parts = [...chart.querySelectorAll('text, path, rect, circle, polygon')].map(part => ({ part, box: see.ink(part) }))
      return parts.filter(({ box }) => box.left < bounds.left - 1 || box.right > bounds.right + 1 || box.top < bounds.top - 1 || box.bottom > bounds.bottom + 1)
        .map(({ part }) => ({ rule: 'outside of the chart', what: see.where(part) }))
    })
  }))
}

everyPage('chart labels do not cover marks', phone, page => page.evaluate(() => {
  return [...document.querySelectorAll('svg[role=img]')].flatMap(chart => {
    const marks = [...chart.querySelectorAll('[data-value]')]
    return [...chart.querySelectorAll('text')].flatMap(text => {
      const met = marks.filter(mark => {
        const shared = see.overlap(see.ink(text), see.ink(mark))
        return shared.x > 1 && shared.y > 1
      })
      return met.map(mark => ({ rule: `label over .${mark.classList}`, what: `${text.textContent} in ${chart.querySelector('title').textContent}` }))
    })
  })
}))

everyPage('charts have a name, a description and a table of their values', {}, page => page.evaluate(() => {
  return [...document.querySelectorAll('svg[role=img]')].flatMap(chart => {
    const labelTexts = (chart.getAttribute('aria-labelledby') ?? '').split(' ').map(id => chart.querySelector(`#${CSS.escape(id)}`)?.textContent ?? '')
    const findings = []
    if (labelTexts.length < 2 || labelTexts.some(text => text.trim() === '')) findings.push('no name or description')
    const table = chart.closest('.measured, section')?.querySelector('table')
    if (!table) findings.push('no table')
    const cells = table?.textContent.replace(/[^\d.]+/g, ' ') ?? ''
    const missing = [...chart.querySelectorAll('[data-value]')].map(mark => mark.dataset.value.replace(/^-/, ''))
      .filter(value => !cells.includes(value) && !(table?.textContent.replaceAll(',', '') ?? '').includes(value))
    if (missing.length) findings.push(`values missing in the table: ${[...new Set(missing)].join(' ')}`)
    return findings.map(rule => ({ rule, what: see.where(chart) }))
  })
}))
