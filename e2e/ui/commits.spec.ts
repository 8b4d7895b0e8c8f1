import { AxeBuilder } from '@axe-core/playwright'
import type { APIRequestContext, Page } from '@playwright/test'
import { freshName } from '../support/installation'
import { sessionOf } from '../support/people'
import { expect, test } from '../support/test'

test.use({ storageState: sessionOf('owner') })

async function newGroup(api: APIRequestContext): Promise<string> {
  const name = freshName('tide_gauges')
  const data = {
    name,
    entity: { name: freshName('gauge'), keys: [{ name: 'gauge_id', type: 'int64' }] },
    primary_key: ['gauge_id'],
    timestamp_key: 'at',
    owner_team: 'flights',
    features: [{ name: 'metres', type: 'float64' }],
  }
  expect((await api.post('/api/v1/feature-groups', { data })).status()).toBe(201)
  return name
}

async function ingest(api: APIRequestContext, name: string, at: string, metres: number[], query = '') {
  const rows = metres.map((value, index) => ({ gauge_id: index + 1, at, metres: value }))
  const answer = await api.post(`/api/v1/feature-groups/${name}/rows${query}`, { data: { rows } })
  expect(answer.status()).toBe(200)
}

async function online(api: APIRequestContext, name: string): Promise<unknown> {
  const answer = await api.get(`/api/v1/feature-groups/${name}/online/1`)
  const { values }: { values: { metres: unknown } } = await answer.json()
  return values.metres
}

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join()}`),
  ).toEqual([])
}

test('a wrong commit is seen, reverted and brought back; what waits is materialized', async ({
  page,
  api,
}) => {
  const name = await newGroup(api)
  await ingest(api, name, '2026-01-01T00:00:00Z', [1.5, 2])
  await ingest(api, name, '2026-01-02T00:00:00Z', [150, 200])
  await page.goto(`/groups/${name}?tab=data`)
  const commits = page.getByRole('list', { name: 'Commits' }).getByRole('listitem')

  await test.step('what it changed', async () => {
    await expect(commits).toHaveCount(2)
    await commits.first().getByRole('button', { name: 'What changed' }).click()
    await expect(commits.first()).toContainText('The mean of metres is 175; before it was 1.75.')
    await expect(commits.first()).toContainText('2 rows of 2 keys, beside 2 rows before.')
    await expectAccessible(page)
  })

  await test.step('reverted with a reason, after saying what it will do', async () => {
    await commits.first().getByRole('button', { name: 'Revert' }).click()
    const dialog = page.getByRole('dialog')
    await expect(dialog).toContainText('2 rows of 2 keys leave every read from now on')
    await expect(dialog).toContainText('0 consumers of the last 30 days')
    await expect(dialog.getByRole('button', { name: 'Revert' })).toBeDisabled()
    await dialog.getByLabel('Reason').fill('Centimetres were sent as metres.')
    await expectAccessible(page)
    await dialog.getByRole('button', { name: 'Revert' }).click()
    await expect(commits).toHaveCount(3)
    await expect(commits.nth(1)).toContainText('reverted by')
    await expect(commits.nth(1)).toContainText('“Centimetres were sent as metres.”')
    await expect(commits.nth(1).getByRole('button', { name: 'Revert' })).toBeHidden()
    expect(await online(api, name)).toBe(1.5)
    await page.getByRole('link', { name: 'Reverted', exact: true }).click()
    await expect(commits).toHaveCount(1)
    await page.getByRole('link', { name: 'All', exact: true }).click()
  })

  await test.step('brought back', async () => {
    await expect(commits).toHaveCount(3)
    await commits.first().getByRole('button', { name: 'Take back' }).click()
    await page.getByLabel('Reason').fill('They were metres after all.')
    await page.getByRole('button', { name: 'Bring the rows back' }).click()
    await expect(commits).toHaveCount(4)
    expect(await online(api, name)).toBe(150)
  })

  await test.step('what waits goes online', async () => {
    await ingest(api, name, '2026-01-03T00:00:00Z', [3], '?to=offline')
    await page.reload()
    await expect(page.getByText('1 commit waits to go online')).toBeVisible()
    await page.getByRole('button', { name: 'Materialize' }).click()
    await expect(page.getByText('Every commit is online')).toBeVisible()
    expect(await online(api, name)).toBe(3)
  })
})

test.describe('a reader who may not write', () => {
  test.use({ storageState: sessionOf('scientist') })

  test('sees what happened, and why it may not be reverted', async ({ page }) => {
    await page.goto('/groups/airport_delays?tab=data')
    const first = page.getByRole('list', { name: 'Commits' }).getByRole('listitem').first()
    await expect(first.getByRole('button', { name: 'Revert' })).toBeDisabled()
    await expect(first).toContainText('You may not revert it:')
  })
})
