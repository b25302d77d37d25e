// A reader knows where he is. That every link leads somewhere, and nothing is far, is seen without a browser
// (`tests/suite/links.rs`).

import { everyPage } from '../support/suite.mjs'
import { kind } from '../support/site.mjs'

everyPage('every page says where it is', {}, async (page, { address, base }) => {
  if (kind(address) === 'home') return []
  const { here, home } = await page.evaluate(() => ({
    here: document.querySelector('nav [aria-current=page]')?.textContent.trim() ?? '',
    home: document.querySelector('nav.trail a')?.href,
  }))
  return here !== '' && home === `${base}index.html` ? [] : [{ rule: 'no trail from home', what: here }]
})
