import { AxeBuilder } from '@axe-core/playwright'
import type { APIRequestContext, Page } from '@playwright/test'
import { freshName } from '../support/installation'
import { sessionOf } from '../support/people'
import { expect, test } from '../support/test'

test.use({ storageState: sessionOf('owner') })

const poles = (features: string[]) =>
  features.map((name) => ({ name, type: 'float64', description: `The ${name} of the pole.` }))

/** Registered by Mara with rows, then said otherwise (1.2); version 2, without rows, submitted by her. */
async function newGroup(mara: APIRequestContext, origin: string): Promise<string> {
  const name = freshName('snow_poles')
  const send = async (method: 'post' | 'patch', path: string, data: object) => {
    const answer = await mara[method](`/api/v1/feature-groups${path}`, {
      headers: { origin, 'if-match': '*' },
      data,
    })
    expect(answer.ok(), await answer.text()).toBe(true)
  }
  await send('post', '', {
    name,
    description: 'Snow at poles.',
    entity: { name: freshName('pole'), keys: [{ name: 'pole_id', type: 'int64' }] },
    primary_key: ['pole_id'],
    timestamp_key: 'at',
    owner_team: 'flights',
    features: poles(['depth', 'weight']),
  })
  await send('post', `/${name}/rows`, {
    rows: [{ pole_id: 1, at: '2026-01-01T00:00:00Z', depth: 41.5, weight: 2 }],
  })
  await send('patch', `/${name}`, { description: 'Snow depth at poles.', reason: 'It was vague.' })
  await send('post', `/${name}/versions`, { features: poles(['depth']), reason: 'Scales froze.' })
  await send('post', `/${name}/versions/2/submit`, {})
  return name
}

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).include('main').analyze()
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join()}`),
  ).toEqual([])
}

const placeOf = (page: Page, environment: string) =>
  page.getByRole('list', { name: 'Environments' }).getByRole('listitem', { name: environment })

test('a version is promoted after its checks, rolled back, and an earlier revision comes back', async ({
  page,
  browser,
  baseURL,
}) => {
  const origin = baseURL ?? ''
  const group = await newGroup(page.request, origin)
  const reviewer = await browser.newContext({ storageState: sessionOf('reviewer'), baseURL: origin })
  const approved = await reviewer.request.post(`/api/v1/feature-groups/${group}/versions/2/approve`, {
    headers: { origin },
    data: { reason: 'Agreed.' },
  })
  expect(approved.ok(), await approved.text()).toBe(true)
  await reviewer.close()
  const dialog = page.getByRole('dialog')
  const prod = placeOf(page, 'prod')

  await test.step('every revision says who, why and by whom it was approved', async () => {
    await page.goto(`/groups/${group}?tab=versions`)
    const newest = page.getByRole('row').filter({ hasText: `${group}@2.1` })
    await expect(newest).toContainText('1 breaking')
    await expect(newest).toContainText('Scales froze.')
    await expect(newest).toContainText('Jonas Lind')
  })

  await test.step('promotion waits until what does not pass is accepted with a reason', async () => {
    await prod.getByRole('button', { name: 'Promote @2…' }).click()
    const promote = dialog.getByRole('button', { name: 'Promote in prod' })
    await expect(dialog.getByText(/where version 1 has 1 row/).first()).toBeVisible()
    await dialog.getByLabel('Reason').fill('The scales are gone.')
    await expect(promote).toBeDisabled()
    await dialog.getByRole('checkbox', { name: /Promote all the same/ }).check()
    await promote.click()
    await expect(dialog).toHaveCount(0)
    await expect(prod.getByRole('link', { name: `${group}@2` })).toBeVisible()
  })

  await test.step('one act brings back what was served', async () => {
    await prod.getByRole('button', { name: 'Roll back to @1…' }).click()
    await dialog.getByLabel('Reason').fill('Scales work again.')
    await dialog.getByRole('button', { name: 'Roll back' }).click()
    await expect(dialog).toHaveCount(0)
    await expect(prod.getByRole('link', { name: `${group}@1` })).toBeVisible()
    const value = await page.request.get(`/api/v1/feature-groups/${group}/online/1`)
    expect(await value.json()).toMatchObject({ version: 1 })
  })

  await test.step('an earlier revision is compared and comes back as a new one', async () => {
    await page.getByLabel('Compare', { exact: true }).selectOption('1.1')
    await page.getByLabel('with', { exact: true }).selectOption('1.2')
    await page.getByRole('button', { name: 'Compare', exact: true }).click()
    const compared = page.getByRole('table', { name: '@1.1 beside @1.2' })
    await expect(compared.getByRole('row').filter({ hasText: 'description' })).toContainText('It was vague.')
    await expectAccessible(page)
    const first = page.getByRole('row').filter({ hasText: /^@1\.1/ })
    await first.getByRole('button', { name: 'Restore as new…' }).click()
    await expect(dialog).toContainText('1 field differs from @1.2: description.')
    await dialog.getByLabel('Reason').fill('The first words were right.')
    await dialog.getByRole('button', { name: 'Restore as new', exact: true }).click()
    await expect(dialog).toHaveCount(0)
    await expect(page.getByRole('row').filter({ hasText: `${group}@1.3` })).toContainText('Brings @1.1 back.')
  })
})
