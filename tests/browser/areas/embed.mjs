// Charts for other websites: frames with the size that their code states, images, and the address of pages on paper.

import assert from 'node:assert'
import { readFileSync, readdirSync } from 'node:fs'
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
  // A page of the site itself is replaced by one that contains only the frame.
  await page.goto(`${base}index.html`)
  await page.setContent(`<iframe src="${base + address}" width="${width}" height="${height}" style="border:0;max-width:100%"></iframe>`)
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
        const light = color => Number(/\d+/.exec(color)[0])
        const ground = light(getComputedStyle(document.querySelector('.chart-ground')).fill)
        const { width, height } = document.documentElement.viewBox.baseVal
        const beyond = [...document.querySelectorAll('text')].filter(text => {
          const box = text.getBoundingClientRect()
          return box.right > width + 1 || box.bottom > height + 1 || box.left < -1
        })
        const contrast = [...document.querySelectorAll('text')].filter(text => Math.abs(light(getComputedStyle(text).fill) - ground) < 80)
        return { ground, texts: [...beyond, ...contrast].map(text => text.textContent) }
      })
      if (found.ground > 200 !== (scheme === 'light')) findings.push(`${address} (${scheme}): ground ${found.ground}`)
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
