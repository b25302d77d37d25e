// Keyboard operation: focus order, visible focus, scrollable regions, skip link.

import { everyPage, onPages, samplePages } from '../support/suite.mjs'

const reachable = 'a[href], button, input, select, textarea, summary, [tabindex="0"]'

for (const [scheme, pages] of Object.entries({ light: everyPage, dark: samplePages })) {
  pages(`focus is visible on all focusable elements (${scheme})`, { scheme }, page => page.evaluate(reachable => {
    const findings = []
    for (const element of [...document.querySelectorAll(reachable)].filter(element => element.checkVisibility())) {
      element.focus({ focusVisible: true, preventScroll: true })
      const style = getComputedStyle(element)
      const ring = style.outlineStyle === 'none' ? 0 : parseFloat(style.outlineWidth)
      const ratio = ring && see.contrast(see.colour(style.outlineColor), see.background(element.parentElement))
      if (document.activeElement !== element) findings.push({ rule: 'does not take focus', what: see.where(element) })
      else if (ring < 2) findings.push({ rule: 'no focus ring', what: see.where(element) })
      else if (ratio < 3) findings.push({ rule: `focus ring has a contrast of ${ratio.toFixed(2)}`, what: see.where(element) })
    }
    document.activeElement.blur()
    return findings
  }, reachable))
}

everyPage('scrollable regions are focusable and named', { width: 320 }, page => page.evaluate(() => {
  const scrolls = element => /auto|scroll/.test(getComputedStyle(element).overflowX) && element.scrollWidth > element.clientWidth + 1
  return [...document.body.querySelectorAll('*')].filter(scrolls).flatMap(element => {
    if (element.tabIndex !== 0) return [{ rule: 'not focusable', what: see.where(element) }]
    const ids = element.getAttribute('aria-labelledby')?.split(' ') ?? []
    const name = ids.map(id => document.getElementById(id)?.textContent).join('') || element.getAttribute('aria-label')
    return name?.trim() ? [] : [{ rule: 'no name', what: see.where(element) }]
  })
}))

onPages('the first Tab reaches the skip link', site => site.largestOfEachKind(), { width: 390 }, async page => {
  await page.keyboard.press('Tab')
  const skip = await page.evaluate(() => {
    const box = document.activeElement.getBoundingClientRect()
    return { to: document.activeElement.getAttribute('href'), seen: box.top >= 0 && box.left >= 0 && box.bottom <= innerHeight }
  })
  if (skip.to !== '#main' || !skip.seen) return [{ rule: 'no visible skip link', what: JSON.stringify(skip) }]
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  const inside = await page.evaluate(() => document.activeElement === document.body || document.activeElement.closest('main') !== null
    || document.querySelector('main a[href], main [tabindex="0"]') === null)
  return inside ? [] : [{ rule: 'the skip link does not lead into the main content', what: await page.evaluate(() => see.where(document.activeElement)) }]
})

onPages('Tab reaches all focusable elements in document order', site => site.largestOfEachKind(), {}, async page => {
  const expected = await page.evaluate(reachable => [...document.querySelectorAll(reachable)].filter(element => element.checkVisibility()).length, reachable)
  await page.evaluate(reachable => {
    const order = [...document.querySelectorAll(reachable)].filter(element => element.checkVisibility())
    globalThis.reached = []
    addEventListener('focusin', ({ target }) => reached.push(order.indexOf(target)))
  }, reachable)
  await Promise.all(Array.from({ length: expected }, () => page.keyboard.down('Tab')))
  const order = await page.evaluate(() => globalThis.reached)
  const wrong = order.findIndex((element, at) => element !== at)
  if (wrong === -1 && order.length === expected) return []
  return [{ rule: 'wrong Tab order', what: `${order.length} of ${expected}, first at ${wrong}` }]
})
