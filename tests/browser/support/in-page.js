// Helpers that run in pages: visibility, geometry and colours of elements.

globalThis.see = (() => {
  /** Describes an element in findings: its tag, id, classes and the beginning of its text. */
  function where(element) {
    const id = element.id && `#${element.id}`
    const classes = [...element.classList].map(name => `.${name}`).join('')
    const text = element.textContent.trim().replace(/\s+/g, ' ').slice(0, 30)
    return `<${element.localName}${id}${classes}>${text && ` ${text}`}`
  }

  /** Memoizes a function of elements until the end of the current task. */
  function remembered(find) {
    let found
    return element => {
      if (found === undefined) {
        found = new Map()
        queueMicrotask(() => (found = undefined))
      }
      if (!found.has(element)) found.set(element, find(element))
      return found.get(element)
    }
  }

  /** Returns true if the element is visible: neither hidden nor for screen readers only. */
  function shown(element) {
    return element.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && !element.closest('desc, title') && !clipped(element)
  }

  const clipped = remembered(element => element !== null && (getComputedStyle(element).clipPath === 'inset(50%)' || clipped(element.parentElement)))

  /** All visible text nodes with their elements. */
  function texts(root = document.body) {
    const found = []
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) {
      const node = walker.currentNode
      if (node.data.trim() && shown(node.parentElement)) found.push({ node, element: node.parentElement })
    }
    return found
  }

  /** The boxes of the lines of a text node. */
  function lines(node) {
    const range = document.createRange()
    range.selectNodeContents(node)
    return [...range.getClientRects()].filter(box => box.width > 0)
  }

  /** A computed colour as red, green, blue (0–255) and opacity; `undefined` for `none`. */
  function colour(text) {
    if (text === 'none') return undefined
    const [r, g, b, a = 1] = text.match(/-?[\d.]+(e-?\d+)?/g)?.map(Number) ?? []
    if (b === undefined) throw new Error(`not a colour: ${text}`)
    return text.startsWith('color(srgb') ? { r: r * 255, g: g * 255, b: b * 255, a } : { r, g, b, a }
  }

  /** The colour of the `fill` or `stroke` of an SVG shape. */
  function paint(shape, kind) {
    const style = getComputedStyle(shape)
    const found = colour(style[kind])
    return found && { ...found, a: found.a * style[`${kind}Opacity`] }
  }

  function over(upper, lower) {
    const mix = key => upper[key] * upper.a + lower[key] * (1 - upper.a)
    return { r: mix('r'), g: mix('g'), b: mix('b'), a: 1 }
  }

  /** The background behind an HTML element: the blended backgrounds of the element and its ancestors. */
  const background = remembered(element => {
    if (matchMedia('print').matches) return { r: 255, g: 255, b: 255, a: 1 } // browsers print no backgrounds
    if (element === null) return pageColour()
    return over(colour(getComputedStyle(element).backgroundColor), background(element.parentElement))
  })

  /** The default background of a page in the browser. */
  function pageColour() {
    const probe = document.createElement('div')
    probe.style.cssText = 'position:fixed;background-color:Canvas'
    document.body.append(probe)
    const found = colour(getComputedStyle(probe).backgroundColor)
    probe.remove()
    return found
  }

  /** Points on the screen along the outline of a shape. */
  function outline(shape) {
    const length = shape.getTotalLength()
    return [0, 0.25, 0.5, 0.75, 1].map(part => shape.getPointAtLength(length * part).matrixTransform(shape.getScreenCTM()))
  }

  /** The background behind an SVG shape at a point on the screen: the page, blended with shapes painted before it. */
  function behind(part, point) {
    const drawing = part.ownerSVGElement
    const before = [...drawing.querySelectorAll('rect, path, circle, ellipse, polygon')].filter(shape =>
      shape !== part && shape.compareDocumentPosition(part) & Node.DOCUMENT_POSITION_FOLLOWING)
    const covering = before.filter(shape => {
      return paint(shape, 'fill')?.a > 0 && shape.isPointInFill(point.matrixTransform(shape.getScreenCTM().inverse()))
    })
    const page = background(drawing)
    return covering.reduce((lower, shape) => over(paint(shape, 'fill'), lower), page)
  }

  const middle = ({ x, y, width, height }) => new DOMPoint(x + width / 2, y + height / 2)

  function luminance({ r, g, b }) {
    const linear = value => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4)
    return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b)
  }

  /** The contrast ratio of two colours as defined by WCAG, from 1 to 21. */
  function contrast(upper, lower) {
    const [dark, light] = [luminance(over(upper, lower)), luminance(lower)].sort((a, b) => a - b)
    return (light + 0.05) / (dark + 0.05)
  }

  const hex = ({ r, g, b }) => `#${[r, g, b].map(value => Math.round(value).toString(16).padStart(2, '0')).join('')}`

  /** The box of an SVG shape or text; for text without the space above and below its letters. */
  function ink(part) {
    const box = part.getBoundingClientRect()
    return part.localName === 'text' ? new DOMRect(box.x, box.y + box.height * 0.2, box.width, box.height * 0.6) : box
  }

  /** The overlap of two boxes in both directions; negative without overlap. */
  function overlap(a, b) {
    return {
      x: Math.min(a.right, b.right) - Math.max(a.left, b.left),
      y: Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top),
    }
  }

  return { where, shown, texts, lines, colour, paint, background, behind, middle, outline, contrast, hex, ink, overlap }
})()
