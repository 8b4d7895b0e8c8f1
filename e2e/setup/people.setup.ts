import { expect, type Page, test as setup } from '@playwright/test'
import { almanac, keep } from '../support/installation'
import { type Person, people, personNames, sessionOf } from '../support/people'

/** Signs in by a new link, which is returned. */
async function signIn(page: Page, person: Person, origin = ''): Promise<string> {
  const { name, email } = people[person]
  const told = await almanac('links', '--origin', origin, '--email', email)
  const link = told.split(/\s+/).at(-1) ?? ''
  await page.goto(link)
  await page.getByRole('button', { name: `Sign in as ${name}` }).click()
  await expect(page).toHaveURL('/')
  await expect(page.getByRole('button', { name: `Person: ${name}` })).toBeVisible()
  return link
}

for (const person of personNames) {
  setup(`${person} signs in by a one-time link`, async ({ page, baseURL }) => {
    await signIn(page, person, baseURL)
    await page.context().storageState({ path: sessionOf(person) })
  })
}

setup('a one-time link works once', async ({ page, baseURL }) => {
  const link = await signIn(page, 'viewer', baseURL)
  const stranger = await page.context().browser()?.newPage()
  if (!stranger) throw new Error('no second browser')
  await stranger.goto(link)
  await expect(stranger.getByRole('heading', { name: 'This link no longer works' })).toBeVisible()
  await stranger.close()
})

setup('keys for an administrator and a viewer', async () => {
  const administrator = await almanac('key', 'create', '--name', 'browser-tests', '--role', 'administrator')
  const viewer = await almanac('key', 'create', '--name', 'browser-tests-viewer', '--role', 'viewer')
  for (const secret of [administrator, viewer]) expect(secret).toMatch(/^\S{40,}$/)
  keep('keys', { administrator, viewer })
})
