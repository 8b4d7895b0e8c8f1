import type { APIRequestContext, Page } from '@playwright/test'
import { freshName, productNow } from '../support/installation'
import { people, sessionOf } from '../support/people'
import { expect, test } from '../support/test'

test.use({ storageState: sessionOf('owner') })

const dayOf = (days: number) =>
  new Date(productNow().getTime() + days * 86_400_000).toISOString().slice(0, 10)

async function newGroup(api: APIRequestContext): Promise<string> {
  const name = freshName('tide_marks')
  const data = {
    name,
    entity: { name: freshName('mark'), keys: [{ name: 'mark_id', type: 'int64' }] },
    primary_key: ['mark_id'],
    timestamp_key: 'at',
    owner_team: 'flights',
    features: [{ name: 'centimetres', type: 'float64' }],
  }
  expect((await api.post('/api/v1/feature-groups', { data })).status()).toBe(201)
  const rows = { rows: [{ mark_id: 1, at: '2026-01-01T00:00:00Z', centimetres: 41.5 }] }
  expect((await api.post(`/api/v1/feature-groups/${name}/rows`, { data: rows })).status()).toBe(200)
  return name
}

const section = (page: Page, title: string) =>
  page.locator('section').filter({ has: page.getByRole('heading', { name: title, exact: true }) })

async function because(page: Page, reason: string, action: string): Promise<void> {
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Reason').fill(reason)
  await dialog.getByRole('button', { name: action, exact: true }).click()
  await expect(dialog).toHaveCount(0)
}

test('deprecated, acknowledged, refused after its sunset, extended for one key, and restored', async ({
  page,
  api,
  browser,
}) => {
  const group = await newGroup(api)
  const path = `/api/v1/feature-groups/${group}`
  const scientist = await browser.newContext({ storageState: sessionOf('scientist') })
  const byKey = () => api.get(`${path}/online/1`)
  const byScientist = () => scientist.request.get(`${path}/online/1`)

  await test.step('a key that called once is hit before anything is done, with its reads', async () => {
    expect((await byKey()).status()).toBe(200)
    expect((await byScientist()).status()).toBe(200)
    await page.goto(`/groups/${group}/deprecate`)
    await expect(page.getByText('1 · 1 · 1').first()).toBeVisible()
    await expect(page.getByText(people.scientist.name)).toBeVisible()
  })

  await test.step('it is deprecated, and its readers are asked to acknowledge it', async () => {
    await page.getByLabel('Reason').fill('The gauge moves to the pier.')
    await page.getByLabel('Sunset date').fill(dayOf(30))
    await page.getByRole('button', { name: 'Deprecate…' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Deprecate', exact: true }).click()
    await expect(section(page, 'Who was told').getByText('not acknowledged').first()).toBeVisible()
    const inbox = await scientist.newPage()
    await inbox.goto('/inbox')
    const line = inbox.getByRole('listitem').filter({ hasText: `${group}@1 is deprecated` })
    await line.getByRole('button', { name: 'Acknowledge' }).click()
    await expect(line.getByRole('button', { name: 'Acknowledge' })).toHaveCount(0)
    await page.reload()
    await expect(
      section(page, 'Who was told').getByRole('listitem').filter({ hasText: people.scientist.name }),
    ).toContainText('acknowledged')
  })

  await test.step('past its sunset reads are refused, but for the key that has a grace', async () => {
    const read = { features: [`${group}:centimetres`], entities: { mark_id: [1] } }
    const { meta } = await (await api.post('/api/v1/online-features', { data: read })).json()
    const sunset = new Date(Date.parse(meta.served_at) + 1500).toISOString()
    const change = { data: { sunset_at: sunset }, headers: { 'if-match': '*' } }
    expect((await api.patch(`${path}/versions/1/deprecation`, change)).status()).toBe(200)
    await expect.poll(async () => (await byKey()).status()).toBe(410)
    expect((await byScientist()).status()).toBe(410)
    await page.reload()
    await section(page, 'Past the sunset').getByRole('button', { name: 'Extend…' }).click()
    const dialog = page.getByRole('dialog')
    const key = await dialog.getByLabel('For').locator('option', { hasText: 'API key' }).first().innerText()
    await dialog.getByLabel('For').selectOption({ label: key })
    await dialog.getByLabel('Until').fill(dayOf(10))
    await because(page, 'They retrain next week.', 'Extend')
    await expect.poll(async () => (await byKey()).status()).toBe(200)
    expect((await byScientist()).status()).toBe(410)
  })

  await test.step('the grace is withdrawn at once; restored, everybody reads again', async () => {
    await section(page, 'Past the sunset').getByRole('button', { name: 'Withdraw…' }).click()
    await because(page, 'They have moved.', 'Withdraw')
    await expect.poll(async () => (await byKey()).status()).toBe(410)
    await expect(section(page, 'Past the sunset')).toContainText('They have moved.')
    await page.getByRole('button', { name: 'Restore…' }).click()
    await because(page, 'The pier is gone.', 'Restore')
    await expect.poll(async () => (await byKey()).status()).toBe(200)
    expect((await byScientist()).status()).toBe(200)
  })
  await scientist.close()
})
