// Charts for other websites: frames with the size that their code states, images, and the address of pages on paper.

import assert from 'node:assert'
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { apply, tab, usual } from '../support/browser.mjs'

const folder = resolve(process.env.SHIRUBE_EMBED ?? 'embed')
const base = `${pathToFileURL(folder)}/`
const WIDTHS = [320, 400, 720]
const EXAMINED = 8

/** The codes that all pages offer, with the addresses within the site. */
const offered = readdirSync(folder, { recursive: true }).filter(file => file.endsWith('.html')).sort().flatMap(file => {
  const html = readFileSync(join(folder, file), 'utf8')
  const codes = html.matchAll(/&lt;iframe src=&quot;[^&]*?\/keikaku\/([^&]*)&quot; .*? width=&quot;(\d+)&quot; height=&quot;(\d+)&quot;/g)
  return [...codes].map(([, address, width, height]) => ({ page: file, address, width: +width, height: +height }))
})

/** A few frames from the whole site. */
const some = offered.filter((_, index) => index % Math.ceil(offered.length / EXAMINED) === 0)

test('frames show everything in the height that their code states, at all widths', async t => {
  const page = await tab(usual)
  const findings = []
  for (const { address, height } of offered) {
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height })
      await page.goto(base + address)
      const { scrollWidth, scrollHeight, chart } = await page.evaluate(() => ({
        scrollWidth: document.documentElement.scrollWidth,
        scrollHeight: document.documentElement.scrollHeight,
        chart: document.querySelector('svg').getBoundingClientRect().width,
      }))
      if (scrollWidth > width || scrollHeight > height) findings.push(`${address}: ${scrollWidth} × ${scrollHeight} in ${width} × ${height}`)
      if (chart < width - 30) findings.push(`${address}: the chart is ${chart} px wide in ${width}`)
    }
  }
  await page.context().close()
  t.diagnostic(`${offered.length} frames at ${WIDTHS.length} widths, ${findings.length} findings`)
  assert.ok(offered.length > 20)
  assert.deepEqual(findings, [])
})

test('frames have no accessibility violations in the light and the dark scheme', async t => {
  const page = await tab(usual, { axe: true })
  const findings = []
  for (const { address, width, height } of some) {
    await page.goto(base + address)
    for (const scheme of ['light', 'dark']) {
      await apply(page, { ...usual, scheme })
      await page.setViewportSize({ width, height })
      const violations = await page.evaluate(async () => {
        const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
        const { violations } = await axe.run(document, { runOnly: rules, resultTypes: ['violations'] })
        return violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 160)}`)
      })
      findings.push(...violations.map(violation => `${address} (${scheme}): ${violation}`))
    }
  }
  await page.context().close()
  t.diagnostic(`${some.length} frames, ${findings.length} findings`)
  assert.deepEqual(findings, [])
})

test('a frame works in a page of another website, and its link leaves the frame', async () => {
  const page = await tab(usual)
  const complaints = []
  page.on('console', message => complaints.push(message.text()))
  const [{ page: target, address, width, height }] = some
  // A page of its own: the security policy of the site's pages forbids frames.
  const host = `${folder}-host.html`
  writeFileSync(host, `<!doctype html><title>City</title><iframe src="${base + address}" width="${width}" height="${height}"></iframe>`)
  await page.goto(pathToFileURL(host).href)
  const frame = page.frameLocator('iframe')
  await frame.locator('svg[role=img]').waitFor()
  await frame.locator('.source a').click()
  await page.waitForURL(url => url.pathname.endsWith(target.replaceAll('\\', '/')))
  await page.context().close()
  assert.deepEqual(complaints, [])
})

test('images are readable by themselves in the light and the dark scheme', async () => {
  const page = await tab(usual)
  const findings = []
  for (const { address } of some) {
    await page.goto(base + address.replace(/html$/, 'svg'))
    for (const scheme of ['light', 'dark']) {
      await apply(page, { ...usual, scheme })
      const found = await page.evaluate(() => {
        // Relative luminance and contrast ratio of WCAG 2.2.
        const linear = channel => channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
        const light = color => {
          const [red, green, blue] = color.match(/\d+/g).map(channel => linear(channel / 255))
          return 0.2126 * red + 0.7152 * green + 0.0722 * blue
        }
        const ratio = (one, other) => (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05)
        const ground = light(getComputedStyle(document.querySelector('.chart-ground')).fill)
        const { width, height } = document.documentElement.viewBox.baseVal
        const beyond = [...document.querySelectorAll('text')].filter(text => {
          const box = text.getBoundingClientRect()
          return box.right > width + 1 || box.bottom > height + 1 || box.left < -1
        })
        const contrast = [...document.querySelectorAll('text')].filter(text => ratio(light(getComputedStyle(text).fill), ground) < 4.5)
        return { ground, texts: [...beyond, ...contrast].map(text => text.textContent) }
      })
      if (found.ground > 0.5 !== (scheme === 'light')) findings.push(`${address} (${scheme}): ground ${found.ground}`)
      findings.push(...found.texts.map(text => `${address} (${scheme}): ${text}`))
    }
  }
  await page.context().close()
  assert.deepEqual(findings, [])
})

test('the address of a page is printed with its code, and not shown on screens', async () => {
  const page = await tab(usual)
  await page.goto(base + offered[0].page)
  const shown = () => page.locator('.page-code').isVisible()
  assert.equal(await shown(), false)
  await apply(page, { ...usual, media: 'print', width: 688 })
  assert.equal(await shown(), true)
  const { width, height } = await page.locator('.page-code svg').boundingBox()
  const millimetre = 96 / 25.4
  assert.ok(width > 24 * millimetre && Math.abs(width - height) < 1, `${width} × ${height} px`)
  assert.equal(await page.locator('.embed').first().isVisible(), false)
  await page.context().close()
})
