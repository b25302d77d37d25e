// Contrast, computed from the used colours: at least 4.5:1 for text and 3:1 for graphics. Includes text and shapes of
// charts, which axe does not measure.

import { everyPage, samplePages } from '../support/suite.mjs'

/** Decorative lines, which carry no information. */
const decoration = '.chart-grid'

/** In the last two settings pages use few colours, so a sample is sufficient. */
const settings = {
  light: [everyPage, { scheme: 'light' }],
  dark: [everyPage, { scheme: 'dark' }],
  'forced colours': [samplePages, { scheme: 'dark', forced: 'active' }],
  'printed from a dark screen': [samplePages, { scheme: 'dark', media: 'print', width: 688 }],
}

for (const [name, [pages, setting]] of Object.entries(settings)) {
  pages(`text has a contrast of at least 4.5:1 (${name})`, setting, page => page.evaluate(() => {
    return see.texts().flatMap(({ node, element }) => {
      const drawn = element instanceof SVGElement
      const style = getComputedStyle(element)
      const colour = see.colour(drawn ? style.fill : style.color)
      const background = drawn ? see.behind(element, see.middle(see.lines(node)[0])) : see.background(element)
      const ratio = see.contrast(colour, background)
      if (ratio >= 4.5) return []
      return [{ rule: `${see.hex(colour)} on ${see.hex(background)} is ${ratio.toFixed(2)}`, what: see.where(element) }]
    })
  }))

  pages(`graphics have a contrast of at least 3:1 (${name})`, setting, page => page.evaluate(decoration => {
    const shapes = document.querySelectorAll('svg :is(path, rect, circle, ellipse, line, polyline, polygon)')
    return [...shapes].filter(shape => see.shown(shape) && !shape.matches(decoration)).flatMap(shape => {
      const paints = ['fill', 'stroke'].map(kind => see.paint(shape, kind)).filter(paint => paint?.a > 0)
      const backgrounds = see.outline(shape).map(point => see.behind(shape, point))
      const best = Math.max(0, ...backgrounds.flatMap(background => paints.map(paint => see.contrast(paint, background))))
      if (best >= 3) return []
      return [{ rule: `.${shape.classList} on ${see.hex(backgrounds[0])} is ${best.toFixed(2)}`, what: see.where(shape.closest('svg')) }]
    })
  }, decoration))
}
