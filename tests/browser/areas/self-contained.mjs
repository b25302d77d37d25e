// Self-containment: the site works below any path, from file: URLs and without scripts, and sends no external requests.
// This area runs last, so that it sees the requests and messages that all other checks caused.

import { everyPage, fromDisk } from '../support/suite.mjs'

everyPage('served below a path: no external requests, no browser messages', {}, async (page, visit) => {
  visit.site.notes.texts ??= new Map()
  visit.site.notes.texts.set(visit.address, await text(page))
  return strays(visit)
})

everyPage('from file: URLs without scripts: no external requests, complete text', {}, async (page, visit) => {
  const styled = await page.evaluate(() => getComputedStyle(document.querySelector('main')).maxWidth !== 'none')
  const shown = await text(page)
  return [
    ...strays(visit),
    ...styled ? [] : [{ rule: 'no style', what: '' }],
    ...shown.length > 20 && shown === visit.site.notes.texts.get(visit.address) ? [] : [{ rule: 'the text differs without scripts', what: shown.slice(0, 80) }],
  ]
}, fromDisk)

/** The text of a page without the parts that scripts add, replace or remove: forms, menus, their status messages, groups. */
const text = page => page.evaluate(() => {
  const fragments = []
  const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    if (!walker.currentNode.parentElement.closest('form, [role=status], .save, .choose, .choose-notice, .list-tools, .list-heading, [aria-labelledby=by-mark], script, noscript')) fragments.push(walker.currentNode.data.trim())
  }
  return fragments.join('')
})

function strays({ requests, complaints, base }) {
  return [
    ...requests.filter(request => !request.startsWith(base) && !request.startsWith('data:')).map(what => ({ rule: 'external request', what })),
    ...complaints.map(what => ({ rule: 'browser message', what })),
  ]
}
