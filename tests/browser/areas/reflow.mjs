// Reflow: on narrow phones, at 200 % zoom and with wider text spacing, nothing overflows, is clipped or overlaps.

import { everyPage, samplePages } from '../support/suite.mjs'

/** Content that fits on the narrowest screen rarely fails on others, so a sample is sufficient there. */
const widths = {
  'at 320 px': [everyPage, { width: 320 }],
  'at 200 % zoom': [samplePages, { width: 640 }],
  'on a desktop': [samplePages, {}],
}

for (const [name, [pages, setting]] of Object.entries(widths)) {
  pages(`pages do not scroll horizontally ${name}`, setting, page => page.evaluate(sideways))
  pages(`text is not clipped ${name}`, setting, page => page.evaluate(cut))
  pages(`texts do not overlap ${name}`, setting, page => page.evaluate(() => {
    const middle = box => new DOMRect(box.x, box.y + box.height * 0.3, box.width, box.height * 0.4)
    const boxes = see.texts().flatMap(({ node, element }) => see.lines(node).map(box => ({ element, node, box: middle(box) })))
    boxes.sort((a, b) => a.box.top - b.box.top)
    return boxes.flatMap((upper, at) => {
      const found = []
      for (const lower of boxes.slice(at + 1)) {
        if (lower.box.top >= upper.box.bottom) break
        const shared = see.overlap(upper.box, lower.box)
        if (lower.node !== upper.node && shared.x > 1 && shared.y > 1 && !overhangs(upper, lower) && !scrolledAway(upper) && !scrolledAway(lower)) {
          found.push({ rule: 'overlapping text', what: `${see.where(upper.element)} | ${see.where(lower.element)}` })
        }
      }
      return found
    })

    /** Returns true if one text is a word whose reading, wider than the word, may overhang the other text of its block. */
    function overhangs({ element: one }, { element: other }) {
      const block = element => element.closest('ruby')?.parentElement
      return Boolean(block(one)?.contains(other) || block(other)?.contains(one))
    }

    /** Returns true if text is scrolled out of its region, where it may overlap other content. */
    function scrolledAway({ element, box }) {
      const scroll = element.closest('.scroll')?.getBoundingClientRect()
      return scroll !== undefined && (box.left > scroll.right || box.right < scroll.left)
    }
  }))
}

samplePages('text spacing of WCAG 1.4.12 is supported', { width: 320 }, async page => {
  // Not as a style element, which the content security policy of the page forbids.
  await page.evaluate(() => {
    const spaced = new CSSStyleSheet()
    spaced.replaceSync(`
      * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
      p { margin-block-end: 2em !important }`)
    document.adoptedStyleSheets = [spaced]
  })
  const found = [...await page.evaluate(sideways), ...await page.evaluate(cut)]
  await page.evaluate(() => { document.adoptedStyleSheets = [] })
  return found
})

/** Runs in the page: horizontal scrolling of the page. */
function sideways() {
  const { scrollWidth, clientWidth } = document.documentElement
  if (scrollWidth <= clientWidth) return []
  const wide = [...document.body.querySelectorAll('*')].filter(element =>
    see.shown(element) && !element.closest('.scroll') && element.getBoundingClientRect().right > clientWidth + 0.5)
  return [{ rule: 'the page scrolls horizontally', what: `${scrollWidth} px: ${wide.slice(-1).map(see.where)}` }]
}

/** Runs in the page: elements that clip their content. */
function cut() {
  const closed = element => /hidden|clip/.test(getComputedStyle(element).overflow)
  const cut = [...document.body.querySelectorAll('*')].filter(element => element instanceof HTMLElement && see.shown(element) && closed(element)
    && (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1))
  return cut.map(element => ({ rule: 'clipped content', what: see.where(element) }))
}
