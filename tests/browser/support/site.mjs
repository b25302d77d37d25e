// A built site: its pages, what kind each of them is, and a server for it.

import { readFileSync, readdirSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join, relative, resolve, sep } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

/** Where the sites stand on their servers: below a path, as with a town that has other pages beside them. */
const BELOW = '/town/reports/'

/** Bytes that come at once, and the milliseconds between them. */
const PIECE = 8192
const PAUSE = 4

const TYPES = { '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml', '.json': 'application/json' }

class Site {
  /** `heaviest`: what a policy with its style and scripts may weigh, in bytes. */
  constructor(folder, heaviest) {
    this.folder = resolve(folder)
    this.heaviest = heaviest
    this.onDisk = `${pathToFileURL(this.folder)}/`
    /** All pages, as addresses within the site. */
    this.pages = files(this.folder)
      .filter(file => file.endsWith('.html'))
      .map(file => relative(this.folder, file).split(sep).join('/'))
      .sort()
    /** What looks at single pages leave for those who judge the whole. */
    this.notes = {}
    if (!this.pages.includes('index.html')) throw new Error(`${this.folder} holds no site`)
  }

  read(address) {
    return readFileSync(join(this.folder, address))
  }

  ofKind(wanted) {
    return this.pages.filter(page => kind(page) === wanted)
  }

  /** The largest page of each kind: where a sample has to do, it is taken where most can go wrong. */
  largestOfEachKind() {
    const largest = new Map()
    for (const page of this.pages) {
      const size = this.read(page).length
      if (size > (largest.get(kind(page))?.size ?? 0)) largest.set(kind(page), { page, size })
    }
    return [...largest.values()].map(({ page }) => page)
  }

  /** Pages in which most can go wrong, and some as most are: of each kind a page of middle size, of each kind and strategy
   *  the largest one, and the page with the longest way down to it. Of whole strategies for paper, only two. With
   *  SHIRUBE_ALL_PAGES=1, all pages. */
  sample() {
    if (process.env.SHIRUBE_ALL_PAGES) return this.pages
    return this.sampled ??= this.drawSample()
  }

  drawSample() {
    const known = this.pages.map(page => ({ page, kind: kind(page), html: this.read(page).toString() }))
    const bySize = known.sort((a, b) => a.html.length - b.html.length || (a.page < b.page ? -1 : 1))
    const chosen = new Set()
    for (const pages of grouped(bySize, ({ kind }) => kind).values()) chosen.add(pages[pages.length >> 1].page).add(pages.at(-1).page)
    const strategy = ({ page, kind }) => `${kind} of ${page.replace(/(goals|policies|programs|editions)\/.*|[^/]*$/, '')}`
    const parts = known.filter(({ kind }) => kind !== 'print')
    for (const pages of grouped(parts, strategy).values()) chosen.add(pages.at(-1).page)
    const way = ({ html }) => html.match(/<nav class="trail"[^]*?<\/nav>/)?.[0].replace(/<[^>]*>/g, '').length ?? 0
    chosen.add(parts.reduce((longest, one) => way(one) > way(longest) ? one : longest).page)
    return [...chosen].sort()
  }

  async serve() {
    const server = createServer((request, response) => {
      try {
        const path = decodeURIComponent(new URL(request.url, 'http://site').pathname)
        if (!path.startsWith(BELOW)) throw new Error('outside of the site')
        const body = this.read(path.slice(BELOW.length))
        response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream' })
        if (path.endsWith('.html')) inPieces(response, body)
        else response.end(body)
      } catch {
        response.writeHead(404).end()
      }
    })
    await new Promise(ready => server.listen(0, '127.0.0.1', ready))
    server.unref()
    this.served = `http://127.0.0.1:${server.address().port}${BELOW}`
    this.close = () => server.close()
  }
}

/** Sends a page as a slow line brings it, so that the browser may show what it has of it. */
function inPieces(response, body) {
  if (body.length <= PIECE) return response.end(body)
  response.write(body.subarray(0, PIECE))
  setTimeout(inPieces, PAUSE, response, body.subarray(PIECE))
}

/** The site to be looked at: the first argument of the command. */
export const site = new Site(process.argv[2] ?? 'output', 120_000)
/** The same in an English frame, on the disk. */
site.english = process.env.SHIRUBE_ENGLISH && `${pathToFileURL(resolve(process.env.SHIRUBE_ENGLISH))}/`

/** A small site with every fault that the suite looks for. */
export const broken = new Site(fileURLToPath(new URL('../broken', import.meta.url)), 1_000)

/** What kind of page an address names: home, strategy, goal, policy, program, sheet, edition, or the name
 *  of its file. */
export function kind(page) {
  if (page === 'index.html') return 'home'
  const [, nodes, edition] = page.match(/(?:^|\/)(goals|policies|programs)\/[^/]+?(\/[^/]+)?\.html$/) ?? []
  if (edition) return 'sheet'
  if (nodes) return { goals: 'goal', policies: 'policy', programs: 'program' }[nodes]
  if (/\/editions\/[^/]+$/.test(page)) return 'edition'
  return page.endsWith('/index.html') ? 'strategy' : page.replace(/^.*\/|\.html$/g, '')
}

export function grouped(items, key) {
  const groups = new Map()
  for (const item of items) groups.set(key(item), [...groups.get(key(item)) ?? [], item])
  return groups
}

function files(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry =>
    entry.isDirectory() ? files(join(folder, entry.name)) : [join(folder, entry.name)])
}
