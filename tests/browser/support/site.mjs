// A built site: its pages with their kinds, a sample of them, and a server.

import { readFileSync, readdirSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join, relative, resolve, sep } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

/** Base path of the served sites, as for a municipality that publishes other pages on the same host. */
const BASE_PATH = '/town/reports/'

/** Size of the chunks of a response in bytes, and the pause between them in milliseconds. */
const CHUNK = 8192
const PAUSE = 4

/** Distance of the pages that `checked` adds to the sample. */
const STRIDE = 12

/** Number of pages from which a site is checked by samples. */
const MANY = 25

const TYPES = { '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml', '.json': 'application/json' }

class Site {
  /** `sizeLimit`: size limit of pages with style and scripts in bytes, instead of that of their kind. */
  constructor(folder, sizeLimit) {
    this.folder = resolve(folder)
    this.sizeLimit = sizeLimit
    this.fileUrl = `${pathToFileURL(this.folder)}/`
    /** All pages, as addresses within the site. */
    this.pages = files(this.folder)
      .filter(file => file.endsWith('.html'))
      .map(file => relative(this.folder, file).split(sep).join('/'))
      .sort()
    /** Notes that checks of single pages leave for later checks. */
    this.notes = {}
    if (!this.pages.includes('index.html')) throw new Error(`${this.folder} contains no site`)
  }

  read(address) {
    return readFileSync(join(this.folder, address))
  }

  ofKind(wanted) {
    return this.pages.filter(page => kind(page) === wanted)
  }

  /** The largest page of each kind, where problems are most likely. */
  largestOfEachKind() {
    const largest = new Map()
    for (const page of this.pages) {
      const size = this.read(page).length
      if (size > (largest.get(kind(page))?.size ?? 0)) largest.set(kind(page), { page, size })
    }
    return [...largest.values()].map(({ page }) => page)
  }

  /** The pages on which checks of every page run: the sample and every twelfth page. All pages of a small site, and all
   *  pages with SHIRUBE_ALL_PAGES=1. */
  checked() {
    if (process.env.SHIRUBE_ALL_PAGES || this.pages.length < MANY) return this.pages
    const sample = new Set(this.sample())
    return this.pages.filter((page, index) => sample.has(page) || index % STRIDE === 0)
  }

  /** The largest page of each kind, for checks that rarely find what the sample does not; the sample of a small site. */
  smallSample() {
    return process.env.SHIRUBE_ALL_PAGES || this.pages.length < MANY ? this.sample() : this.largestOfEachKind()
  }

  /** A sample of likely problems and of typical pages: a medium-sized page of each kind, the largest page of each kind
   *  and strategy, and the page with the longest breadcrumb; only two print documents. All pages with
   *  SHIRUBE_ALL_PAGES=1. */
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
    const trailLength = ({ html }) => html.match(/<nav class="trail"[^]*?<\/nav>/)?.[0].replace(/<[^>]*>/g, '').length ?? 0
    chosen.add(parts.reduce((longest, one) => trailLength(one) > trailLength(longest) ? one : longest).page)
    return [...chosen].sort()
  }

  async serve() {
    const server = createServer((request, response) => {
      try {
        const path = decodeURIComponent(new URL(request.url, 'http://site').pathname)
        if (!path.startsWith(BASE_PATH)) throw new Error('outside of the site')
        const body = this.read(path.slice(BASE_PATH.length))
        response.writeHead(200, { 'content-type': TYPES[extname(path)] ?? 'application/octet-stream' })
        if (path.endsWith('.html')) inChunks(response, body)
        else response.end(body)
      } catch {
        response.writeHead(404).end()
      }
    })
    await new Promise(ready => server.listen(0, '127.0.0.1', ready))
    server.unref()
    this.served = `http://127.0.0.1:${server.address().port}${BASE_PATH}`
    this.close = () => server.close()
  }
}

/** Sends a page in chunks as over a slow connection, so that the browser may render it incrementally. */
function inChunks(response, body) {
  if (body.length <= CHUNK) return response.end(body)
  response.write(body.subarray(0, CHUNK))
  setTimeout(inChunks, PAUSE, response, body.subarray(CHUNK))
}

/** The site under test: the first argument of the command. */
export const site = new Site(process.argv[2] ?? 'output')
/** The file: URL of the same site with the English texts of the theme. */
site.english = process.env.SHIRUBE_ENGLISH && `${pathToFileURL(resolve(process.env.SHIRUBE_ENGLISH))}/`

/** A small site with every fault that the suite detects. */
export const broken = new Site(fileURLToPath(new URL('../broken', import.meta.url)), 1_000)

/** The kind of a page by its address: home, strategy, goal, policy, program, sheet, edition, or the name of its file. */
export function kind(page) {
  if (page === 'index.html') return 'home'
  if (/(^|\/)easy\.html$/.test(page)) return 'easy'
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
