import { expect, test as setup } from '@playwright/test'
import { almanac, keep } from '../support/installation'
import { people, personNames, sessionOf } from '../support/people'

for (const person of personNames) {
  setup(`${person} signs in by a one-time link`, async ({ page, baseURL }) => {
    const { name, email } = people[person]
    const told = await almanac('links', '--origin', baseURL ?? '', '--email', email)
    const link = told.split(/\s+/).at(-1) ?? ''
    await page.goto(link)
    await page.getByRole('button', { name: `Sign in as ${name}` }).click()
    await expect(page).toHaveURL('/')
    await page.goto('/catalog')
    await expect(page.getByRole('button', { name: `Person: ${name}` })).toBeVisible()
    await page.context().storageState({ path: sessionOf(person) })

    const second = await page.context().browser()?.newContext()
    const stranger = await second?.newPage()
    await stranger?.goto(link)
    if (!stranger) throw new Error('no second browser')
    await expect(stranger.getByRole('heading', { name: 'This link no longer works' })).toBeVisible()
    await second?.close()
  })
}

setup('keys for an administrator and a viewer', async () => {
  const administrator = await almanac('key', 'create', '--name', 'browser-tests', '--role', 'administrator')
  const viewer = await almanac('key', 'create', '--name', 'browser-tests-viewer', '--role', 'viewer')
  for (const secret of [administrator, viewer]) expect(secret).toMatch(/^\S{40,}$/)
  keep('keys', { administrator, viewer })
})
