// How far the sheets of a PDF that Chromium wrote are filled: the height of the lowest text on each sheet.

import { inflateSync } from 'node:zlib'

/** Size of A4 in points, and the margins of the style sheet, which hold running heads. */
const HEIGHT = 842
const TOP = 40
const FOOT = 45

/** For each sheet, the part of the height between the margins down to the lowest text: 0 (empty) to 1. */
export function fills(pdf) {
  const objects = parse(pdf)
  const sheets = [...objects.values()].filter(({ head }) => /\/Type \/Page\b/.test(head))
  const kids = [...objects.values()].flatMap(({ head }) => /\/Type \/Pages\b/.test(head) ? [...head.match(/\/Kids \[([^\]]*)\]/)?.[1].matchAll(/(\d+) 0 R/g) ?? []] : [])
  const inOrder = kids.map(([, id]) => objects.get(id)).filter(object => sheets.includes(object))
  return inOrder.map(({ head }) => {
    const heights = texts(stream(objects, head.match(/\/Contents (\d+) 0 R/)[1]), [1, 0, 0, 1, 0, 0], head, objects)
    const lowest = Math.min(HEIGHT - TOP, ...heights.filter(y => y > FOOT && y < HEIGHT - TOP))
    return (HEIGHT - TOP - lowest) / (HEIGHT - TOP - FOOT)
  })
}

/** The objects of a file by number: the text before the stream, and the stream. */
function parse(pdf) {
  const text = pdf.toString('latin1')
  const objects = new Map()
  for (const { 1: id, index, 0: start } of text.matchAll(/(?<=^|\n)(\d+) 0 obj\n/g)) {
    const from = index + start.length
    const end = text.indexOf('endobj', from)
    const streamAt = text.indexOf('stream\n', from)
    const hasStream = streamAt >= 0 && streamAt < end
    objects.set(id, { head: text.slice(from, hasStream ? streamAt : end), from: hasStream ? streamAt + 7 : undefined, pdf })
  }
  return objects
}

function stream(objects, id) {
  const { head, from, pdf } = objects.get(id)
  const bytes = pdf.subarray(from, from + Number(head.match(/\/Length (\d+)/)[1]))
  return (/\/FlateDecode/.test(head) ? inflateSync(bytes) : bytes).toString('latin1')
}

/** Vertical positions of the texts of a content stream, including those of its forms. */
function texts(content, matrix, resources, objects) {
  const found = []
  const stack = []
  let current = matrix
  let line
  const operands = []
  for (const [token] of content.matchAll(/\((?:\\.|[^\\)])*\)|<[^>]*>|\[|\]|\/?[^\s[\]<>()/]+/g)) {
    if (token === 'q') stack.push(current)
    else if (token === 'Q') current = stack.pop() ?? matrix
    else if (token === 'cm') current = product(operands.slice(-6).map(Number), current)
    else if (token === 'Tm') line = product(operands.slice(-6).map(Number), current)
    else if (token === 'Tj' || token === 'TJ') found.push(line[5])
    else if (token === 'Do') {
      const id = resources.match(new RegExp(`${operands.at(-1)} (\\d+) 0 R`))?.[1]
      const form = objects.get(id)
      if (form && /\/Subtype \/Form/.test(form.head)) {
        const own = form.head.match(/\/Matrix \[([^\]]*)\]/)?.[1].trim().split(/\s+/).map(Number) ?? [1, 0, 0, 1, 0, 0]
        found.push(...texts(stream(objects, id), product(own, current), form.head, objects))
      }
    } else {
      operands.push(token)
      continue
    }
    operands.length = 0
  }
  return found
}

function product([a, b, c, d, e, f], [A, B, C, D, E, F]) {
  return [a * A + b * C, a * B + b * D, c * A + d * C, c * B + d * D, e * A + f * C + E, e * B + f * D + F]
}
