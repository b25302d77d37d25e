// Rules of miChecker, with which the Ministry of Internal Affairs and Communications surveys municipal sites, as far as
// they can be checked automatically, and further rules on link texts, empty cells and spoken marks.

import { everyPage } from '../support/suite.mjs'

/** Functions that return the elements that violate each rule. They run in the page. */
const errors = {
  'page without language': () => [document.documentElement].filter(html => !/^[a-z]{2}/.test(html.lang)),
  'page without title': () => [document.head].filter(() => document.title.trim() === ''),
  'image without alt': () => $('img:not([alt]), input[type=image]:not([alt]), area:not([alt])'),
  'SVG neither named nor hidden': () => $('svg:not([aria-hidden=true])').filter(svg =>
    svg.getAttribute('role') !== 'img' || !svg.querySelector(':scope > title')?.textContent.trim()),
  'frame without title': () => $('iframe:not([title]), iframe[title=""]'),
  'field without label': () => $('input:not([type=hidden]), select, textarea').filter(field =>
    field.labels?.length === 0 && !field.getAttribute('aria-label') && !field.getAttribute('aria-labelledby')),
  'th without scope': () => $('th').filter(th => !/^(row|col|rowgroup|colgroup)$/.test(th.scope)),
  'headers attribute without matching th': () => $('[headers]').filter(cell => cell.getAttribute('headers').split(/\s+/)
    .some(id => cell.closest('table').querySelector(`th#${CSS.escape(id)}`) === null)),
  'table without th': () => $('table').filter(table => table.querySelector('th') === null),
  'table without caption': () => $('table').filter(table =>
    !table.caption?.textContent.trim() && !table.closest('[aria-label], [role=region][aria-labelledby]')),
  'table with one cell': () => $('table').filter(table => table.querySelectorAll('td, th').length < 2),
  'text in a td in the top left corner': () => $('table').map(table => table.rows[0]?.cells[0]).filter(cell =>
    cell?.localName === 'td' && cell.textContent.trim() !== ''),
  'skipped heading level': () => $('h1, h2, h3, h4, h5, h6').filter((heading, at, all) =>
    level(heading) > (at === 0 ? 0 : level(all[at - 1])) + 1),
  'not exactly one h1': () => ($('h1').length === 1 ? [] : [document.body]),
  'empty heading': () => $('h1, h2, h3, h4, h5, h6').filter(heading => heading.textContent.trim() === ''),
  'duplicate id': () => $('[id]').filter((element, at, all) => all.findIndex(other => other.id === element.id) !== at),
  'presentational elements or attributes': () => $('font, center, big, strike, tt, blink, marquee, [bgcolor], td[align], th[align], table[border], [style*=font-size]'),
  'positive tabindex': () => $('[tabindex]').filter(element => element.tabIndex > 0),
  'page that refreshes itself': () => $('meta[http-equiv=refresh]').filter(meta => !/^0\b/.test(meta.content)),
  'link without text': () => $('a[href]').filter(a => name(a) === ''),
  'uninformative link text': () => $('a[href]').filter(a => /^(こちら|ここ|詳細|詳しくは(こちら)?|もっと見る|click here|here|more)$/i.test(name(a))),
  // Links of terms always lead to the glossary, so equal texts are not misleading.
  'same link text, different pages': () => $('main a[href]:not(.term)').filter((a, at, all) =>
    all.findIndex(other => name(other) === name(a) && other.closest(around) === a.closest(around) && other.href !== a.href) !== -1),
  'words spaced out with spaces': () => see.texts().filter(({ node }) => /^[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]([ 　]+[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]){1,4}$/u.test(node.data.trim()))
    .map(({ element }) => element),
  'empty cell': () => $('td, th').filter(cell => cell.textContent.trim() === '' && cell.querySelector('svg[role=img], img') === null && !topLeft(cell)),
  'mark without a spoken form': () => $('.mark').filter(mark => !/[\p{L}\p{N}]/u.test(name(mark))),
  'scrollable region without name': () => $('[role=region]').filter(region => !text(region.getAttribute('aria-labelledby')) && !region.getAttribute('aria-label')),
  'ARIA reference to a missing id': () => $('[aria-labelledby], [aria-describedby]').filter(element =>
    [element.getAttribute('aria-labelledby'), element.getAttribute('aria-describedby')].some(ids => ids?.split(/\s+/).some(id => document.getElementById(id) === null))),
}

const helpers = `
  const around = 'li, tr, dl, section'
  const $ = selector => [...document.querySelectorAll(selector)]
  const level = heading => Number(heading.localName[1])
  const text = ids => (ids ?? '').split(/\\s+/).map(id => document.getElementById(id)?.textContent ?? '').join(' ').trim()
  const name = element => element.getAttribute('aria-label') ?? (text(element.getAttribute('aria-labelledby')) || element.textContent).trim().replace(/\\s+/g, ' ')
  const topLeft = cell => cell.localName === 'td' && cell.cellIndex === 0 && cell.parentElement.rowIndex === 0`

const all = `(() => { ${helpers}
  const rules = { ${Object.entries(errors).map(([rule, find]) => `${JSON.stringify(rule)}: ${find}`).join(',')} }
  return Object.entries(rules).flatMap(([rule, find]) => find().map(element => ({ rule, what: see.where(element) })))
})()`

everyPage('miChecker rules hold', {}, page => page.evaluate(all))

everyPage('font sizes are relative', {}, page => page.evaluate(() => {
  const rules = list => [...list].flatMap(rule => {
    if (rule instanceof CSSMediaRule && rule.conditionText === 'print') return []
    return [...rule instanceof CSSStyleRule ? [rule] : [], ...rule.cssRules ? rules(rule.cssRules) : []]
  })
  const sheets = [...document.styleSheets]
  const fixed = sheets.flatMap(sheet => rules(sheet.cssRules)).filter(rule => /\d(px|pt|pc|cm|mm|in|q)\b/i.test(rule.style.fontSize))
  return [
    ...sheets.length ? [] : [{ rule: 'page without style sheet', what: '' }],
    ...fixed.map(rule => ({ rule: 'absolute font size', what: rule.selectorText })),
  ]
}))
