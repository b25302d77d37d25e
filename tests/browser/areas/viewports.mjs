// Layout at common viewport widths and on paper: no overflow, no unnecessary horizontal scrolling, no lines of single
// letters, sufficiently large touch targets, and no overlapping texts in charts.

import { everyPage, samplePages, somePages } from '../support/suite.mjs'

/** Paper is A4 with margins of 14 mm. */
const viewports = [
  ...[320, 390, 768, 1024, 1280, 1920].map(width => ({ name: `at ${width} px`, setting: { width } })),
  { name: 'on A4', setting: { width: 688, media: 'print' } },
]

/** Width in pixels from which tables fit; below it they may scroll, with a visual hint and by keyboard. */
const DESKTOP = 1024

/** Widths between and beyond those at which the layout changes, where few pages are sufficient. */
const FEW = [768, 1024, 1920]
const fewPages = (name, setting, check) => somePages(name, site => site.smallSample(), setting, check)

for (const { name, setting } of viewports) {
  const mayScroll = setting.width < DESKTOP && setting.media !== 'print'
  const pages = FEW.includes(setting.width) ? fewPages : samplePages
  pages(`content fits its containers ${name}`, setting, page => page.evaluate(fits, mayScroll))
  pages(`no text breaks after every letter ${name}`, setting, page => page.evaluate(narrow))
  // The distance between links depends on line breaks, so all pages are checked at a common phone width.
  const withTargets = setting.width === 390 ? everyPage : pages
  if (setting.media !== 'print') withTargets(`touch targets have at least 24 px ${name}`, setting, page => page.evaluate(targets, 24))
  pages(`chart texts do not overlap ${name}`, setting, page => page.evaluate(labels))
}

/** Runs in the page: elements and text that overflow their container. */
function fits(mayScroll) {
  // A folded table has to fit where it is shown when it is opened.
  document.querySelectorAll('.folded-table').forEach(fold => { fold.open = true })
  const findings = []
  const note = (rule, element) => findings.push({ rule, what: see.where(element) })
  const { scrollWidth, clientWidth } = document.documentElement
  if (scrollWidth > clientWidth) findings.push({ rule: 'the page scrolls horizontally', what: `${scrollWidth} px` })

  const styles = new Map()
  const style = element => styles.get(element) ?? styles.set(element, getComputedStyle(element)).get(element)
  const elements = [...document.body.querySelectorAll('*')].filter(element => element instanceof HTMLElement || element.localName === 'svg')
  const regions = new Set(elements.filter(element => /auto|scroll/.test(style(element).overflowX) && element.scrollWidth > element.clientWidth + 1))
  for (const region of regions) {
    if (!mayScroll) note('a region scrolls horizontally', region)
    else if (region.tabIndex !== 0 || region.getAttribute('role') !== 'region' || !named(region)) note('a scrollable region is not announced', region)
    else if (style(region).backgroundImage === 'none') note('a scrollable region has no visual hint', region)
  }

  for (const element of elements) {
    if (!boxed(element) || !see.shown(element)) continue
    const room = roomOf(element)
    if (room === null) continue
    const [box, bounds] = [element.getBoundingClientRect(), room.getBoundingClientRect()]
    if (box.width > 0 && (box.right > bounds.right + 1 || box.left < bounds.left - 1)) note(`wider than its container <${room.localName}>`, element)
  }
  for (const { node, element } of see.texts()) {
    if (element instanceof SVGElement) continue
    const room = boxed(element) ? element : roomOf(element)
    if (room === null) continue
    const bounds = room.getBoundingClientRect()
    const runsOut = line => line.right > bounds.right + 1 || line.left < bounds.left - 1
    if (see.lines(node).some(runsOut) && !onlyBlanksRunOut(node, bounds)) note('text overflows its box', element)
  }
  return findings

  /**
   * Returns true if only the blank halves of full-width brackets, commas and stops overflow. Chromium trims them at
   * line edges (`text-spacing-trim`), but version 148 reports untrimmed boxes.
   */
  function onlyBlanksRunOut(node, bounds) {
    const range = document.createRange()
    return [...node.data].every((character, index, all) => {
      const start = all.slice(0, index).join('').length
      range.setStart(node, start)
      range.setEnd(node, start + character.length)
      return [...range.getClientRects()].every(box => {
        const [right, left] = [box.right - bounds.right, bounds.left - box.left]
        if (right > 1) return /[）」』】〕〉》］｝、。，．]/.test(character) && right <= box.width / 2 + 1
        if (left > 1) return /[（「『【〔〈《［｛]/.test(character) && left <= box.width / 2 + 1
        return true
      })
    })
  }

  /** Returns true if an element generates a single box in normal flow. Readings may overhang the kana next to their word. */
  function boxed(element) {
    return !/^(inline|contents|none|ruby|ruby-text)$/.test(style(element).display) && !/absolute|fixed/.test(style(element).position)
  }

  /** The container that an element must fit into; null in a scrollable region and directly in the body. */
  function roomOf(element) {
    let room = element.parentElement
    while (room !== document.body && !boxed(room)) room = room.parentElement
    return regions.has(room) || room === document.body ? null : room
  }

  function named(region) {
    const ids = region.getAttribute('aria-labelledby')?.split(' ') ?? []
    return (ids.map(id => document.getElementById(id)?.textContent).join('') || region.getAttribute('aria-label'))?.trim()
  }
}

/** Runs in the page: texts with one letter on most lines, and headings with one letter on the last line. */
function narrow() {
  const blocks = new Map()
  for (const { node, element } of see.texts()) {
    if (element instanceof SVGElement || element.closest('rt')) continue
    let block = element
    while (/^(inline|ruby)$/.test(getComputedStyle(block).display)) block = block.parentElement
    blocks.set(block, [...blocks.get(block) ?? [], node])
  }
  return [...blocks].flatMap(([block, nodes]) => {
    const size = parseFloat(getComputedStyle(block).fontSize)
    const heading = /^(h[1-6]|caption|figcaption|summary)$/.test(block.localName) || block.matches('.chart-title')
    // Counting letters is slow, so only texts with a very narrow line are measured.
    if (!nodes.some(node => see.lines(node).some(line => line.width < size * 1.6))) return []
    const lines = letters(nodes)
    if (lines.length < 2) return []
    const single = lines.filter(line => line.length === 1 && !line.forced).length
    if (single * 2 > lines.length || (single > 2 && block.closest('td, th, .mark, .tag'))) return [{ rule: 'one letter per line', what: see.where(block) }]
    if (heading && lines.at(-1).length === 1) return [{ rule: 'last line of a heading has one letter', what: see.where(block) }]
    return []
  })

  /** The lines of a text with the number of letters on each. */
  function letters(nodes) {
    const lines = []
    const range = document.createRange()
    for (const node of nodes) {
      let at = 0
      for (const letter of node.data) {
        range.setStart(node, at)
        range.setEnd(node, at += letter.length)
        if (!letter.trim()) continue
        const box = range.getBoundingClientRect()
        if (box.width === 0) continue
        const last = lines.at(-1)
        const middle = (box.top + box.bottom) / 2
        if (last && middle > last.top && middle < last.bottom) last.length += 1
        else lines.push({ top: box.top, bottom: box.bottom, length: 1 })
      }
    }
    return lines
  }
}

/** Runs in the page: targets too small for WCAG 2.5.8, except inline targets and those with sufficient spacing. */
function targets(least) {
  const all = [...document.querySelectorAll('a[href], button, input, select, textarea, summary')].filter(see.shown)
    .map(element => ({ element, box: element.getBoundingClientRect() })).filter(({ box }) => box.width > 0)
  const small = new Set(all.filter(({ element, box }) => (box.width < least - 0.1 || box.height < least - 0.1) && !inSentence(element)))
  const middle = box => ({ x: box.x + box.width / 2, y: box.y + box.height / 2 })
  return [...small].filter(one => all.some(other => {
    if (other === one || one.element.contains(other.element) || other.element.contains(one.element)) return false
    const [a, b] = [middle(one.box), middle(other.box)]
    if (small.has(other)) return Math.hypot(a.x - b.x, a.y - b.y) < least - 0.1
    const near = (value, low, high) => Math.max(low, Math.min(high, value))
    return [...other.element.getClientRects()].some(box =>
      Math.hypot(a.x - near(a.x, box.left, box.right), a.y - near(a.y, box.top, box.bottom)) < least / 2 - 0.1)
  })).map(({ element, box }) => ({ rule: `smaller than ${least} px`, what: `${box.width.toFixed(0)} × ${box.height.toFixed(0)} ${see.where(element)}` }))

  /** Returns true if a link is within other text, whose line height constrains it. */
  function inSentence(element) {
    if (getComputedStyle(element).display !== 'inline') return false
    let block = element.parentElement
    while (getComputedStyle(block).display === 'inline') block = block.parentElement
    return see.texts(block).some(({ element: holder }) => holder.closest('a, button, summary') === null)
  }
}

/** Runs in the page: texts of SVGs that overlap or are outside of the SVG. */
function labels() {
  return [...document.querySelectorAll('svg')].filter(see.shown).flatMap(chart => {
    const bounds = chart.getBoundingClientRect()
    const texts = [...chart.querySelectorAll('text')].filter(see.shown).map(text => ({ text, box: see.ink(text) })).filter(({ box }) => box.width > 0)
    const outside = texts.filter(({ box }) => box.left < bounds.left - 1 || box.right > bounds.right + 1 || box.top < bounds.top - 1 || box.bottom > bounds.bottom + 1)
    const over = texts.flatMap((one, at) => texts.slice(at + 1).filter(other => {
      const shared = see.overlap(one.box, other.box)
      return shared.x > 1 && shared.y > 1
    }).map(other => ({ rule: 'overlapping chart texts', what: `${one.text.textContent} | ${other.text.textContent} in ${see.where(chart)}` })))
    return [...outside.map(({ text }) => ({ rule: 'text outside of the chart', what: `${text.textContent} in ${see.where(chart)}` })), ...over]
  })
}
