// The home page: key facts on the first screen of a phone, cards that are one link, examples of searches; and the home page
// of a site with a single strategy.

import assert from 'node:assert'
import { resolve } from 'node:path'
import { test } from 'node:test'
import { pathToFileURL } from 'node:url'
import { apply, tab, usual } from '../support/browser.mjs'
import { site } from '../support/site.mjs'

const PHONE = { ...usual, width: 390 }
const FOLD = 800
const single = `${pathToFileURL(resolve(process.env.SHIRUBE_SINGLE ?? 'single'))}/`

/** Runs a test on a freshly loaded home page. */
function onHome(name, setting, use, start = () => site.served) {
  test(name, async t => {
    const page = await tab(setting, { axe: true })
    await page.goto(`${start()}index.html`)
    await use(page, t)
    await page.context().close()
  })
}

onHome('the first screen of a phone shows a plan with its year and marks', PHONE, async page => {
  for (const shown of ['.plan h4 a', '.plan-year', '.card-marks .spread-bar', '.card-marks .spread-parts']) {
    const { bottom } = await page.locator(shown).first().evaluate(element => element.getBoundingClientRect().toJSON())
    assert.ok(bottom > 0 && bottom <= FOLD, `${shown} ends at ${bottom} px`)
  }
})

onHome('a plan is one link that covers it', usual, async page => {
  const plans = page.locator('.plan')
  assert.ok(await plans.count() > 1)
  for (let index = 0; index < await plans.count(); index += 1) {
    const plan = plans.nth(index)
    assert.equal(await plan.locator('a').count(), 1)
    const { width, height } = await plan.boundingBox()
    const target = await plan.locator('a').evaluate(link => link.href)
    await plan.click({ position: { x: width - 10, y: height - 10 } })
    await page.waitForURL(target)
    await page.goBack()
  }
})

onHome('each example of a search has results', usual, async (page, t) => {
  const words = await page.locator('.home-examples button').allTextContents()
  t.diagnostic(words.join(', '))
  assert.ok(words.length > 0)
  for (const word of words) {
    await page.getByRole('button', { name: word, exact: true }).click()
    await page.locator('.found > li').first().waitFor()
    assert.equal(new URL(page.url()).searchParams.get('q'), word)
    await page.goBack()
  }
})

onHome('the home page of a single strategy shows its key points and goals at all widths', usual, async page => {
  for (const width of [390, 768, 1280, 1920]) {
    for (const scheme of ['light', 'dark']) {
      await apply(page, { ...usual, width, scheme })
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
      assert.ok(wide <= 0, `${wide} px too wide at ${width}`)
      const violations = await page.evaluate(async () => {
        const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
        const { violations } = await axe.run(document, { runOnly: rules, resultTypes: ['violations'], selectors: false, preload: false })
        return violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 160)}`)
      })
      assert.deepEqual(violations, [])
    }
  }
  assert.ok(await page.locator('.key-points .spread').count() > 0)
  for (const links of ['.goals a', '.ways a']) {
    const targets = await page.locator(links).evaluateAll(all => all.map(link => link.href))
    assert.ok(targets.length > 1)
    for (const target of targets) {
      await page.goto(target)
      assert.equal(await page.locator('h1').count(), 1, target)
    }
    await page.goto(`${single}index.html`)
  }
}, () => single)
