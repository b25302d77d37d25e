// The built site: its pages, what kind each of them is, and a server for it.

import { readFileSync, readdirSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join, relative, resolve, sep } from 'node:path'
import { pathToFileURL } from 'node:url'

/** The folder that holds the site: the first argument of the command. */
export const folder = resolve(process.argv[2] ?? 'output')

/** All pages, as addresses within the site. */
export const pages = files(folder)
  .filter(file => file.endsWith('.html'))
  .map(file => relative(folder, file).split(sep).join('/'))
  .sort()

if (!pages.includes('index.html')) throw new Error(`${folder} holds no site`)

/** What kind of page an address names: home, strategy, goal, policy, program, sheet, or the name of the file. */
export function kind(page) {
  if (page === 'index.html') return 'home'
  const [, nodes, edition] = page.match(/(?:^|\/)(goals|policies|programs)\/[^/]+?(\/[^/]+)?\.html$/) ?? []
  if (edition) return 'sheet'
  if (nodes) return { goals: 'goal', policies: 'policy', programs: 'program' }[nodes]
  return page.endsWith('/index.html') ? 'strategy' : page.replace(/^.*\/|\.html$/g, '')
}

export const ofKind = wanted => pages.filter(page => kind(page) === wanted)

/** The largest page of each kind: where a sample has to do, it is taken where most can go wrong. */
export function largestOfEachKind() {
  const size = page => readFileSync(join(folder, page)).length
  const largest = new Map()
  for (const page of pages) {
    const rival = largest.get(kind(page))
    if (!rival || size(page) > size(rival)) largest.set(kind(page), page)
  }
  return [...largest.values()]
}

/** The site in the folder, without a server. */
export const onDisk = `${pathToFileURL(folder)}/`

/** Serves the site below `path`, as a town does that puts it beside its other pages. */
export async function serve(path = '/') {
  const types = { '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml', '.json': 'application/json' }
  const server = createServer((request, response) => {
    try {
      const address = decodeURIComponent(new URL(request.url, 'http://site').pathname)
      if (!address.startsWith(path)) throw new Error('outside of the site')
      const file = join(folder, address.slice(path.length))
      const body = readFileSync(file)
      response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' }).end(body)
    } catch {
      response.writeHead(404).end()
    }
  })
  await new Promise(ready => server.listen(0, '127.0.0.1', ready))
  server.unref()
  return { base: `http://127.0.0.1:${server.address().port}${path}`, close: () => server.close() }
}

function files(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry =>
    entry.isDirectory() ? files(join(folder, entry.name)) : [join(folder, entry.name)])
}
