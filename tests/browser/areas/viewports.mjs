// What fits at every width that readers have, and on paper: nothing is cut, nothing scrolls sideways that need not,
// no text stands letter under letter, all that is touched is large enough, and the words of charts keep clear of
// each other.

import { everyPage, samplePages } from '../support/suite.mjs'

/** Paper is A4 with margins of 14 mm. */
const viewports = [
  ...[320, 390, 768, 1024, 1280, 1920].map(width => ({ name: `at ${width} px`, setting: { width } })),
  { name: 'on A4', setting: { width: 688, media: 'print' } },
]

/** From this width on, tables fit; below it, one that does not may scroll, if readers can see and do it. */
const DESK = 1024

for (const { name, setting } of viewports) {
  const mayScroll = setting.width < DESK && setting.media !== 'print'
  samplePages(`everything fits ${name}`, setting, page => page.evaluate(fits, mayScroll))
  samplePages(`no text stands letter under letter ${name}`, setting, page => page.evaluate(narrow))
  // Whether links stand too close hangs on where their lines end, so on a common phone no page is left out.
  const pages = setting.width === 390 ? everyPage : samplePages
  if (setting.media !== 'print') pages(`what is touched is 24 px large ${name}`, setting, page => page.evaluate(targets, 24))
  samplePages(`words in charts keep clear of each other ${name}`, setting, page => page.evaluate(labels))
}

/** Runs in the page: what is wider than its room. */
function fits(mayScroll) {
  const findings = []
  const note = (rule, element) => findings.push({ rule, what: see.where(element) })
  const { scrollWidth, clientWidth } = document.documentElement
  if (scrollWidth > clientWidth) findings.push({ rule: 'the page scrolls sideways', what: `${scrollWidth} px` })

  const styles = new Map()
  const style = element => styles.get(element) ?? styles.set(element, getComputedStyle(element)).get(element)
  const elements = [...document.body.querySelectorAll('*')].filter(element => element instanceof HTMLElement || element.localName === 'svg')
  const regions = new Set(elements.filter(element => /auto|scroll/.test(style(element).overflowX) && element.scrollWidth > element.clientWidth + 1))
  for (const region of regions) {
    if (!mayScroll) note('a region scrolls sideways', region)
    else if (region.tabIndex !== 0 || region.getAttribute('role') !== 'region' || !named(region)) note('a region scrolls that is not announced', region)
    else if (style(region).backgroundImage === 'none') note('a region scrolls and does not look it', region)
  }

  for (const element of elements) {
    if (!boxed(element) || !see.shown(element)) continue
    const room = roomOf(element)
    if (room === null) continue
    const [box, bounds] = [element.getBoundingClientRect(), room.getBoundingClientRect()]
    if (box.width > 0 && (box.right > bounds.right + 1 || box.left < bounds.left - 1)) note(`wider than the <${room.localName}> around it`, element)
  }
  for (const { node, element } of see.texts()) {
    if (element instanceof SVGElement) continue
    const room = boxed(element) ? element : roomOf(element)
    if (room === null) continue
    const bounds = room.getBoundingClientRect()
    const runsOut = line => line.right > bounds.right + 1 || line.left < bounds.left - 1
    if (see.lines(node).some(runsOut) && !onlyBlanksRunOut(node, bounds)) note('text runs out of its box', element)
  }
  return findings

  /**
   * Whether nothing runs out but the blank halves of full-width brackets, commas and stops. Chromium trims them at the
   * edges of a line (`text-spacing-trim`), but version 148 reports the boxes untrimmed.
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

  /** Whether an element has one box, and a place in the flow. */
  function boxed(element) {
    return !/^(inline|contents|none)$/.test(style(element).display) && !/absolute|fixed/.test(style(element).position)
  }

  /** The box that has to hold an element; none within what scrolls, for there is no edge. */
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

/** Runs in the page: text in a box so narrow that most of its lines hold one letter, and headings that end so. */
function narrow() {
  const blocks = new Map()
  for (const { node, element } of see.texts()) {
    if (element instanceof SVGElement) continue
    let block = element
    while (getComputedStyle(block).display === 'inline') block = block.parentElement
    blocks.set(block, [...blocks.get(block) ?? [], node])
  }
  return [...blocks].flatMap(([block, nodes]) => {
    const size = parseFloat(getComputedStyle(block).fontSize)
    const heading = /^(h[1-6]|caption|figcaption|summary)$/.test(block.localName) || block.matches('.chart-title')
    // Counting letters is slow: only where some line is as narrow as one.
    if (!nodes.some(node => see.lines(node).some(line => line.width < size * 1.6))) return []
    const lines = letters(nodes)
    if (lines.length < 2) return []
    const single = lines.filter(line => line.length === 1 && !line.forced).length
    if (single * 2 > lines.length || (single > 2 && block.closest('td, th, .mark, .tag'))) return [{ rule: 'letter under letter', what: see.where(block) }]
    if (heading && lines.at(-1).length === 1) return [{ rule: 'a heading ends in one letter', what: see.where(block) }]
    return []
  })

  /** The lines of a text, each as the letters on it. */
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

/** Runs in the page: WCAG 2.2, 2.5.8, with its exceptions for targets in a sentence and for those that stand apart. */
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

  /** Whether other text stands on the line of a link, which then is as high as the text. */
  function inSentence(element) {
    if (getComputedStyle(element).display !== 'inline') return false
    let block = element.parentElement
    while (getComputedStyle(block).display === 'inline') block = block.parentElement
    return see.texts(block).some(({ element: holder }) => holder.closest('a, button, summary') === null)
  }
}

/** Runs in the page: words of a drawing over each other, or outside of it. */
function labels() {
  return [...document.querySelectorAll('svg')].filter(see.shown).flatMap(chart => {
    const frame = chart.getBoundingClientRect()
    const texts = [...chart.querySelectorAll('text')].filter(see.shown).map(text => ({ text, box: see.ink(text) })).filter(({ box }) => box.width > 0)
    const outside = texts.filter(({ box }) => box.left < frame.left - 1 || box.right > frame.right + 1 || box.top < frame.top - 1 || box.bottom > frame.bottom + 1)
    const over = texts.flatMap((one, at) => texts.slice(at + 1).filter(other => {
      const shared = see.overlap(one.box, other.box)
      return shared.x > 1 && shared.y > 1
    }).map(other => ({ rule: 'words over words', what: `${one.text.textContent} | ${other.text.textContent} in ${see.where(chart)}` })))
    return [...outside.map(({ text }) => ({ rule: 'words outside of the chart', what: `${text.textContent} in ${see.where(chart)}` })), ...over]
  })
}
