// The site stands alone: under any address, from the bare disk, without scripts, and it asks nobody for anything.
// This area comes last, so that it knows what all other looks have set off.

import assert from 'node:assert'
import { test } from 'node:test'
import { bare, everyPage } from '../support/suite.mjs'

const texts = new Map()

everyPage('under a path of a server nothing leaves the site, and the console is silent', {}, async (page, visit) => {
  texts.set(visit.address, await text(page))
  return strays(visit)
})

everyPage('from the bare disk without scripts nothing leaves the site, and nothing is missing', {}, async (page, visit) => {
  const styled = await page.evaluate(() => document.styleSheets.length > 0 && getComputedStyle(document.querySelector('main')).maxWidth !== 'none')
  const said = await text(page)
  return [
    ...strays(visit),
    ...styled ? [] : [{ rule: 'no style', what: '' }],
    ...said === texts.get(visit.address) ? [] : [{ rule: 'the text differs without scripts', what: said.slice(0, 80) }],
  ]
}, bare)

test('that text was compared', () => assert.ok([...texts.values()].every(text => text.length > 20)))

const text = page => page.evaluate(() => document.querySelector('main').innerText)

function strays({ requests, complaints, base }) {
  return [
    ...requests.filter(request => !request.startsWith(base) && !request.startsWith('data:')).map(what => ({ rule: 'asks elsewhere', what })),
    ...complaints.map(what => ({ rule: 'complaint', what })),
  ]
}
