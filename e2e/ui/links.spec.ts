import { portalPages } from '../support/pages'
import { people, sessionOf } from '../support/people'
import { expect, test } from '../support/test'

test.describe('links', () => {
  test.use({ storageState: sessionOf('administrator') })

  test('every entry of the person menu leads somewhere', async ({ page }) => {
    await page.goto('/')
    const menu = page.getByRole('button', { name: `Person: ${people.administrator.name}` })
    for (const label of ['My API keys', 'API reference']) {
      await menu.click()
      await page.getByRole('menuitem', { name: label }).click()
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(/^(Settings|API reference)$/)
      expect((await page.request.get(page.url())).status(), label).toBe(200)
      await page.goto('/')
    }
    await menu.click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await expect(page).toHaveURL('/sign-out')
    await expect(page.getByRole('button', { name: 'Sign out' })).toBeVisible()
  })

  test('every link on every page leads somewhere', async ({ page, baseURL }) => {
    test.setTimeout(600_000)
    const foundOn = new Map<string, string>()
    const kinds = new Set<string>()
    for (const { path, as, status } of portalPages) {
      if (as === null || status) continue
      await page.goto(path)
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      const links = page.locator('a[href]')
      for (const href of await links.evaluateAll((all) => all.map((link) => Reflect.get(link, 'href')))) {
        const url = new URL(String(href))
        url.hash = ''
        // One link of a kind: a page with the same parameters is the same page with other values.
        const kind = `${url.pathname}?${[...new Set(url.searchParams.keys())].sort().join('&')}`
        if (url.origin !== baseURL || url.pathname === '/sign-out' || kinds.has(kind)) continue
        kinds.add(kind)
        foundOn.set(url.href, path)
      }
    }
    expect(foundOn.size).toBeGreaterThan(50)
    const broken: string[] = []
    for (const [href, path] of foundOn) {
      const answer = await page.request.get(href)
      if (!answer.ok()) broken.push(`${path} → ${href}: ${answer.status()}`)
    }
    expect(broken).toEqual([])
  })
})
