// User preferences of the system: reduced motion, colour scheme, forced colours.

import { everyPage, onPages } from '../support/suite.mjs'

everyPage('no motion with prefers-reduced-motion', { motion: 'reduce' }, page => page.evaluate(() => {
  const still = style => parseFloat(style.animationDuration) === 0 && parseFloat(style.transitionDuration) === 0 && style.scrollBehavior !== 'smooth'
  return [...document.querySelectorAll('*')].filter(element => !still(getComputedStyle(element)))
    .map(element => ({ rule: 'animation or transition', what: see.where(element) }))
}))

onPages('pages follow the colour scheme', site => site.largestOfEachKind(), {}, async page => {
  const brightness = async colorScheme => {
    await page.emulateMedia({ colorScheme })
    return page.evaluate(() => see.background(document.body).g)
  }
  const [light, dark] = [await brightness('light'), await brightness('dark')]
  return light > 200 && dark < 60 ? [] : [{ rule: 'same background in both schemes', what: `${light} ${dark}` }]
})

onPages('links and focus stay visible in forced colours', site => site.largestOfEachKind(), { forced: 'active', scheme: 'dark' }, async page => {
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  // On pages with a single focusable element the focus may have left the page; another Tab brings it back.
  if (await page.evaluate(() => document.activeElement === document.body)) await page.keyboard.press('Tab')
  return page.evaluate(() => {
    const plain = [...document.querySelectorAll('main p a, main li a')].filter(a => see.shown(a)
      && !getComputedStyle(a).textDecorationLine.includes('underline') && !parseFloat(getComputedStyle(a).borderBottomWidth))
    const ring = getComputedStyle(document.activeElement)
    return [
      ...plain.map(a => ({ rule: 'link without underline', what: see.where(a) })),
      ...ring.outlineStyle !== 'none' && parseFloat(ring.outlineWidth) >= 2 ? [] : [{ rule: 'no focus ring', what: see.where(document.activeElement) }],
    ]
  })
})
