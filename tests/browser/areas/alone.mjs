// The site stands alone: under any address, from the bare disk, without scripts, and it asks nobody for anything.
// This area comes last, so that it knows what all other looks have set off.

import { bare, everyPage } from '../support/suite.mjs'

everyPage('under a path of a server nothing leaves the site, and the console is silent', {}, async (page, visit) => {
  visit.site.notes.texts ??= new Map()
  visit.site.notes.texts.set(visit.address, await text(page))
  return strays(visit)
})

everyPage('from the bare disk without scripts nothing leaves the site, and nothing is missing', {}, async (page, visit) => {
  const styled = await page.evaluate(() => getComputedStyle(document.querySelector('main')).maxWidth !== 'none')
  const said = await text(page)
  return [
    ...strays(visit),
    ...styled ? [] : [{ rule: 'no style', what: '' }],
    ...said.length > 20 && said === visit.site.notes.texts.get(visit.address) ? [] : [{ rule: 'the text differs without scripts', what: said.slice(0, 80) }],
  ]
}, bare)

/** The text of a page, without what scripts add: forms and their answers. */
const text = page => page.evaluate(() => {
  const words = []
  const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    if (!walker.currentNode.parentElement.closest('form, [role=status], script, noscript')) words.push(walker.currentNode.data.trim())
  }
  return words.join('')
})

function strays({ requests, complaints, base }) {
  return [
    ...requests.filter(request => !request.startsWith(base) && !request.startsWith('data:')).map(what => ({ rule: 'asks elsewhere', what })),
    ...complaints.map(what => ({ rule: 'complaint', what })),
  ]
}
