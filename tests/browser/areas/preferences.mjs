// What readers ask of their system is done: less motion, colours of their own, dark or light.

import { everyPage, onPages } from '../support/suite.mjs'

everyPage('nothing moves for those who ask for less motion', { motion: 'reduce' }, page => page.evaluate(() => {
  const still = style => parseFloat(style.animationDuration) === 0 && parseFloat(style.transitionDuration) === 0 && style.scrollBehavior !== 'smooth'
  return [...document.querySelectorAll('*')].filter(element => !still(getComputedStyle(element)))
    .map(element => ({ rule: 'moves', what: see.where(element) }))
}))

onPages('pages are dark on a dark screen, light on a light one', site => site.largestOfEachKind(), {}, async page => {
  const brightness = async colorScheme => {
    await page.emulateMedia({ colorScheme })
    return page.evaluate(() => see.ground(document.body).g)
  }
  const [light, dark] = [await brightness('light'), await brightness('dark')]
  return light > 200 && dark < 60 ? [] : [{ rule: 'one ground for both', what: `${light} ${dark}` }]
})

onPages('in colours of the reader a link is still seen as one, and a focus too', site => site.largestOfEachKind(), { forced: 'active', scheme: 'dark' }, async page => {
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  // After the only stop of a page the focus may be in the browser; the next key brings it back.
  if (await page.evaluate(() => document.activeElement === document.body)) await page.keyboard.press('Tab')
  return page.evaluate(() => {
    const plain = [...document.querySelectorAll('main p a, main li a')].filter(a => see.shown(a)
      && !getComputedStyle(a).textDecorationLine.includes('underline') && !parseFloat(getComputedStyle(a).borderBottomWidth))
    const ring = getComputedStyle(document.activeElement)
    return [
      ...plain.map(a => ({ rule: 'link without line', what: see.where(a) })),
      ...ring.outlineStyle !== 'none' && parseFloat(ring.outlineWidth) >= 2 ? [] : [{ rule: 'no ring', what: see.where(document.activeElement) }],
    ]
  })
})
