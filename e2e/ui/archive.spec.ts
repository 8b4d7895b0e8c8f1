import { AxeBuilder } from '@axe-core/playwright'
import type { APIRequestContext, Page } from '@playwright/test'
import { freshName } from '../support/installation'
import { sessionOf } from '../support/people'
import { expect, test } from '../support/test'

test.use({ storageState: sessionOf('owner') })

async function newGroup(api: APIRequestContext): Promise<string> {
  const name = freshName('snow_poles')
  const data = {
    name,
    entity: { name: freshName('pole'), keys: [{ name: 'pole_id', type: 'int64' }] },
    primary_key: ['pole_id'],
    timestamp_key: 'at',
    owner_team: 'flights',
    features: [{ name: 'centimetres', type: 'float64' }],
  }
  expect((await api.post('/api/v1/feature-groups', { data })).status()).toBe(201)
  const rows = { rows: [{ pole_id: 1, at: '2026-01-01T00:00:00Z', centimetres: 41.5 }] }
  expect((await api.post(`/api/v1/feature-groups/${name}/rows`, { data: rows })).status()).toBe(200)
  return name
}

async function newService(api: APIRequestContext, group: string): Promise<string> {
  const name = freshName('avalanche')
  const data = { name, features: [`${group}:centimetres`], owner_team: 'flights' }
  expect((await api.post('/api/v1/feature-services', { data })).status()).toBe(201)
  return name
}

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join()}`),
  ).toEqual([])
}

async function choose(page: Page, label: string): Promise<void> {
  await page.getByRole('button', { name: 'More actions' }).click()
  await page.getByRole('menuitem', { name: label }).click()
}

/** Says why, then types the name before it is done. */
async function archive(page: Page, name: string): Promise<void> {
  await page.getByLabel('Reason').fill('The slope is closed.')
  await page.getByRole('button', { name: 'Archive…' }).click()
  const dialog = page.getByRole('dialog')
  await expect(dialog.getByRole('button', { name: 'Archive', exact: true })).toBeDisabled()
  await dialog.getByLabel(/^Type/).fill(name)
  await dialog.getByRole('button', { name: 'Archive', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: `${name} is archived` })).toBeVisible()
}

async function restore(page: Page): Promise<void> {
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Reason').fill('It opens again.')
  await dialog.getByRole('button', { name: 'Restore' }).click()
  await expect(dialog).toHaveCount(0)
}

test('what is used stays, what is not is archived, and all of it comes back', async ({ page, api }) => {
  const group = await newGroup(api)
  const service = await newService(api, group)
  const readOne = () => api.get(`/api/v1/feature-groups/${group}/online/1`)
  const readService = () =>
    api.post('/api/v1/online-features', { data: { feature_service: service, entities: { pole_id: [1] } } })

  await test.step('a group that a service selects from is refused, and says which', async () => {
    await page.goto(`/groups/${group}`)
    await choose(page, 'Archive…')
    await expect(page.getByText(`is in use (feature service ${service}) and stays`)).toBeVisible()
    await expect(page.getByLabel('Reason')).toHaveCount(0)
    await expectAccessible(page)
  })

  await test.step('the service is archived: reads by its name answer 410', async () => {
    await page.goto(`/services/${service}`)
    await choose(page, 'Archive…')
    await expect(page.getByRole('list').filter({ hasText: 'answer 410 at once' })).toBeVisible()
    await archive(page, service)
    await expectAccessible(page)
    const refused = await readService()
    expect(refused.status()).toBe(410)
    expect(await refused.json()).toMatchObject({ code: 'gone', detail: expect.stringContaining('flights') })
  })

  await test.step('then the group can go, out of reads, lists and search', async () => {
    await page.goto(`/groups/${group}/archive`)
    await archive(page, `${group}@1`)
    expect((await readOne()).status()).toBe(410)
    await page.goto(`/groups/${group}`)
    await expect(page.getByText('Archived. The slope is closed.')).toBeVisible()
    await expectAccessible(page)
    await page.goto(`/catalog?q=${group}`)
    await expect(page.getByText('Only what is archived')).toBeVisible()
    await page.getByRole('link', { name: 'Show what is archived' }).click()
    await expect(page.getByRole('link', { name: group }).first()).toBeVisible()
  })

  await test.step('restored, it is served and online as before', async () => {
    await page.goto(`/groups/${group}`)
    await choose(page, 'Restore…')
    await restore(page)
    await expect
      .poll(async () => (await (await readOne()).json()).values, { timeout: 30_000 })
      .toEqual({
        centimetres: 41.5,
      })
    await page.goto(`/services/${service}/archive`)
    await page.getByRole('button', { name: 'Restore…' }).click()
    await restore(page)
    expect((await readService()).status()).toBe(200)
  })

  await test.step('a service that was read is not deleted; one that nobody read is', async () => {
    const unused = await newService(api, group)
    const remove = async (name: string) => {
      await page.goto(`/services/${name}`)
      await choose(page, 'Delete…')
      await page.getByRole('dialog').getByLabel(/^Type/).fill(name)
      await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
    }
    // The count of a read is written within a second.
    await expect
      .poll(
        async () => (await (await api.get(`/api/v1/feature-services/${service}/impact`)).json()).consumers,
      )
      .toHaveLength(1)
    await remove(service)
    await expect(page.getByRole('dialog')).toContainText(`Feature service ${service} is in use (API key`)
    await remove(unused)
    await expect(page).toHaveURL(/\/catalog/)
    expect((await api.get(`/api/v1/feature-services/${unused}`)).status()).toBe(404)
  })
})
