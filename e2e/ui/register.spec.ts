import { fileOf } from '../support/formats'
import { freshName, productNow } from '../support/installation'
import { sessionOf } from '../support/people'
import { expect, test } from '../support/test'
import { RegisterPage } from './pages/register-page'

test.use({ storageState: sessionOf('owner') })

const moods = ['calm', 'wild', 'grey']
const readings = () =>
  Array.from({ length: 90 }, (_, row) => ({
    'Sensor ID': 1 + (row % 30),
    'Read At': new Date(productNow().getTime() - (1 + row) * 3_600_000).toISOString(),
    'Water Celsius': 10.125 + row / 4,
    Mood: moods[row % 3] ?? '',
    Remarks: 'none',
  }))

interface Shown {
  values: Record<string, unknown>
}

for (const ending of ['csv', 'ndjson', 'json', 'parquet', 'arrow']) {
  test(`a .${ending} file comes in as the form says, whatever its columns are called`, async ({
    page,
    api,
  }) => {
    const name = freshName(`sea_${ending}`)
    const form = new RegisterPage(page)
    const rows = readings()
    await page.goto('/register')
    await form.choose(`${name}.${ending}`, await fileOf(ending, rows))
    await expect(form.field('Key in the file')).toHaveValue('sensor_id')
    expect(await form.names()).toEqual(['water_celsius', 'mood', 'remarks'])

    await form.cell('Name', 1).fill('temperature')
    await page.getByRole('button', { name: 'Remove feature 3' }).click()
    await form.field('Key 1').fill('buoy_no')
    await form.field('Event time column').fill('seen_at')
    await form.field('Entity').fill(name)
    const told = page.getByRole('status').filter({ hasText: `How ${name}.${ending} is read` })
    await expect(told).toContainText('Sensor ID as buoy_no')
    await expect(told).toContainText('Water Celsius as temperature')
    await expect(told).toContainText('Left out: Remarks')

    await page.getByRole('button', { name: 'Add feature' }).click()
    await form.cell('Name', 3).fill('by_hand')
    await expect(page.getByText('by_hand: null in every row')).toBeVisible()
    await page.getByRole('button', { name: 'Remove feature 3' }).click()
    await expect(page.getByText('null in every row')).toBeHidden()

    await form.submit()
    await expect(page.getByText(/90 rows accepted/)).toBeVisible()
    for (const buoy of [1, 17, 30]) {
      const newest = rows.find((row) => row['Sensor ID'] === buoy)
      const answer = await api.get(`/api/v1/feature-groups/${name}/online/${buoy}`)
      const { values }: Shown = await answer.json()
      expect(values).toEqual({ temperature: newest?.['Water Celsius'], mood: newest?.Mood })
    }
  })
}

test('a key that looks sensitive is told as a key, with the class of the group', async ({ page }) => {
  const name = freshName('members')
  const form = new RegisterPage(page)
  const rows = readings().map((row) => ({ email: `m${row['Sensor ID']}@sea.example`, ...row }))
  await page.goto('/register')
  await form.choose(`${name}.csv`, await fileOf('csv', rows))
  await form.field('Key in the file').selectOption('email')
  const told = page.getByRole('status').filter({ hasText: 'This key looks sensitive' })
  await expect(told).toContainText('email (e-mail address')
  await expect(page.getByText('They are proposed as confidential')).toBeHidden()
  await told.getByRole('button', { name: 'Make the group confidential' }).click()
  await expect(form.field('Classification')).toHaveValue('confidential')
  await expect(told).toContainText('which is confidential')
})

test('a registration begins like another group, and names the features that are like what is typed', async ({
  page,
  api,
}) => {
  const name = freshName('seaport_delays')
  const form = new RegisterPage(page)
  await page.goto('/register?like=airport_delays')
  await expect(page.getByText('Like airport_delays')).toBeVisible()
  const answer = await api.get('/api/v1/feature-groups/airport_delays')
  const { features, timestamp_key: time } = await answer.json()
  expect(await form.names()).toEqual(features.map((one: { name: string }) => one.name))
  await expect(form.field('Event time column')).toHaveValue(time)

  await form.field('Name').fill('airport_del')
  await expect(page.getByRole('list', { name: 'Similar groups' })).toContainText('airport_delays')
  await form.field('Name').fill(name)
  const first = features[0].name
  await form.cell('Name', 1).fill(`${first}s`)
  await form.cell('Name', 1).fill(first)
  await expect(page.getByRole('list', { name: `Features like ${first}` })).toContainText('same entity')

  await form.cell('Tags', 1).fill('port, sea')
  await page.getByRole('button', { name: /^Fill down/ }).click()
  await form.submit()
  await expect(page.getByText(`${name} is registered`)).toBeVisible()
  const made = await (await api.get(`/api/v1/feature-groups/${name}`)).json()
  const asRegistered = ({ name: own, contract, expression, role }: Record<string, unknown>) => ({
    own,
    contract,
    expression,
    role,
  })
  expect(made.features.map(asRegistered)).toEqual(features.map(asRegistered))
  expect(made.features.every((one: { tags: string[] }) => one.tags.includes('sea'))).toBe(true)
})

test.describe('who may review', () => {
  test.use({ storageState: sessionOf('reviewer') })

  test('is told in the top bar how many reviews wait', async ({ page, api }) => {
    // Reviews come and go beside this test, and of one that they had a hand in the reviewer is not told.
    await expect(async () => {
      const { data } = await (await api.get('/api/v1/reviews', { params: { limit: 200 } })).json()
      await page.goto('/')
      const told = page.getByRole('banner').getByRole('link', { name: /reviews? waiting$/ })
      const waiting = data.filter((one: { step: string }) => one.step === 'approve')
      const timeout = 5000
      if (waiting.length === 0) await expect(told).toBeHidden({ timeout })
      else await expect(told).toHaveAttribute('href', '/governance/reviews', { timeout })
    }).toPass()
  })
})
