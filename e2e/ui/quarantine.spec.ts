import { freshName } from '../support/installation'
import { sessionOf } from '../support/people'
import { expect, test } from '../support/test'

test.use({ storageState: sessionOf('owner') })

test('a held row is corrected and replayed, another discarded and held again', async ({ page, api }) => {
  const name = freshName('rain_gauges')
  const definition = {
    name,
    entity: { name: freshName('gauge'), keys: [{ name: 'gauge_id', type: 'int64' }] },
    primary_key: ['gauge_id'],
    timestamp_key: 'at',
    owner_team: 'flights',
    features: [{ name: 'millimetres', type: 'int64', contract: { min: 0 } }],
  }
  expect((await api.post('/api/v1/feature-groups', { data: definition })).status()).toBe(201)
  const row = (id: number, millimetres: number) => ({ gauge_id: id, at: '2026-01-01T00:00:00Z', millimetres })
  const data = { rows: [row(1, -4), row(2, -5), row(3, 6)] }
  const sent = await api.post(`/api/v1/feature-groups/${name}/rows?mode=quarantine`, { data })
  expect(sent.status()).toBe(200)

  await test.step('what was corrected is told before it is sent', async () => {
    await page.goto(`/groups/${name}/quarantine`)
    await expect(async () => {
      await page.getByRole('button', { name: 'Correct row 1' }).click({ timeout: 1000 })
      await expect(page.getByLabel('millimetres')).toBeVisible({ timeout: 500 })
    }).toPass()
    await page.getByLabel('millimetres').fill('4')
    await page.getByRole('button', { name: 'Close row 1' }).click()
    await expect(page.getByText('corrected here, not replayed yet')).toBeVisible()
    await page.getByRole('button', { name: 'Replay 1 row' }).click()
    await expect(page.getByText('1 row accepted')).toBeVisible()
    await expect(page.getByLabel('Select row 1')).toHaveCount(0)
  })

  await test.step('a row is given up with a reason', async () => {
    await page.getByLabel('Select row 2').check()
    await page.getByRole('button', { name: 'Discard…' }).click()
    const dialog = page.getByRole('dialog')
    const discard = dialog.getByRole('button', { name: 'Discard', exact: true })
    await expect(discard).toBeDisabled()
    await dialog.getByLabel('Reason').fill('The gauge lay on its side.')
    await discard.click()
    await expect(page.getByText('No row is held')).toBeVisible()
  })

  await test.step('both tell what became of them', async () => {
    await page.goto(`/groups/${name}/quarantine?state=replayed`)
    await expect(page.getByRole('list', { name: 'Replayed rows' })).toContainText(
      /Corrected and replayed by Mara Voss.*millimetres-4→4/s,
    )
    await page.goto(`/groups/${name}?tab=data`)
    await expect(page.getByRole('list', { name: 'Commits' })).toContainText('2 held back, settled since')
    await page.goto(`/groups/${name}/quarantine?state=discarded`)
    await expect(page.getByRole('list', { name: 'Discarded rows' })).toContainText(
      'The gauge lay on its side.',
    )
  })

  await test.step('and a discard is taken back', async () => {
    await expect(async () => {
      await page.getByRole('button', { name: 'Hold row 2 again' }).click({ timeout: 1000 })
      await expect(page.getByText('No row was discarded')).toBeVisible({ timeout: 3000 })
    }).toPass()
    await page.goto(`/groups/${name}/quarantine`)
    await expect(page.getByLabel('Select row 2')).toBeVisible()
  })
})
