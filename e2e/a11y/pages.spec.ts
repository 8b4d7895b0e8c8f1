import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { portalPages } from '../support/pages'
import { sessionOf } from '../support/people'
import { expect, test } from '../support/test'

const sizes = [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
]

/** Rules whose verdict the theme can change; the others are asked once. */
const colourRules = ['color-contrast', 'link-in-text-block']

/** On a phone the dark theme is looked at where the phone's own parts are: elsewhere 1440 has said it. */
const darkOnPhones = new Set(['home', 'catalogue', 'group'])

/** What axe finds, short enough to read: the rule, and where. */
async function findings(page: Page, colorScheme: 'light' | 'dark', alike?: string): Promise<string[]> {
  // In one piece within the page, which takes a third of the time: no page has a frame of another origin.
  const axe = new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).setLegacyMode(true)
  if (alike) axe.exclude(alike)
  const { violations } = await (colorScheme === 'light' ? axe : axe.withRules(colourRules)).analyze()
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id}: ${help}: ${node.target.join(' ')}: ${node.html.slice(0, 200)}`),
  )
}

/** How far the page can be scrolled sideways, in px. */
const sideways = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

function faultsOf(page: Page, refusedCalls: boolean): string[] {
  const faults: string[] = []
  // The browser itself reports these answers.
  const expected = refusedCalls ? /status of 40[34]/ : /status of 404/
  page.on('pageerror', (error) => faults.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error' && !expected.test(message.text())) faults.push(message.text())
  })
  return faults
}

/** Where a link of the page leads, for pages whose address holds an id. */
async function behind(page: Page, path: string, link: string): Promise<string> {
  await page.goto(path)
  return (await page.locator(link).first().getAttribute('href')) ?? path
}

for (const { name, path, as, status = 200, link, alike, refusedCalls = false } of portalPages) {
  test.describe(name, () => {
    test.use({ storageState: as ? sessionOf(as) : { cookies: [], origins: [] } })

    test(`${link ? name : path} as ${as ?? 'nobody'}: axe, width and console`, async ({ page }) => {
      const faults = faultsOf(page, refusedCalls)
      const answer = await page.goto(link ? await behind(page, path, link) : path)
      expect(answer?.status()).toBe(status)
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
        for (const size of sizes) {
          await page.setViewportSize(size)
          const asks = colorScheme === 'light' || size.width > 390 || darkOnPhones.has(name)
          const found = asks ? await findings(page, colorScheme, alike) : []
          expect.soft(found, `${colorScheme} at ${size.width}`).toEqual([])
          expect.soft(await sideways(page), `${colorScheme} at ${size.width}: sideways scroll`).toBe(0)
        }
      }
      expect(faults).toEqual([])
    })
  })
}
