// Breadcrumbs. Links and distances between pages are tested without a browser (`tests/suite/links.rs`).

import { everyPage } from '../support/suite.mjs'
import { kind } from '../support/site.mjs'

everyPage('every page has a breadcrumb', {}, async (page, { address, base }) => {
  if (kind(address) === 'home') return []
  const { here, home } = await page.evaluate(() => ({
    here: document.querySelector('nav [aria-current=page]')?.textContent.trim() ?? '',
    home: document.querySelector('nav.trail a')?.href,
  }))
  return here !== '' && home === `${base}index.html` ? [] : [{ rule: 'no breadcrumb from home', what: here }]
})
