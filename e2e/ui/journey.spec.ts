import type { Page } from '@playwright/test'
import { buoyReadings, faultyReadings } from '../support/buoys'
import { almanac, freshName, productNow } from '../support/installation'
import { people, sessionOf } from '../support/people'
import { problemOf } from '../support/problem'
import { binCounts, statisticsOf } from '../support/statistics'
import { expect, test } from '../support/test'
import { CatalogPage } from './pages/catalog-page'
import { GroupPage } from './pages/group-page'
import { RegisterPage } from './pages/register-page'
import { factsOf, numberOf, recordsOf, rowsOf } from './pages/shown'

const features = ['water_celsius', 'waves_counted', 'sea_mood', 'lamp_lit']
const meaning = 'Degrees Celsius at one metre below the surface.'

/** Each number of a feature's page against DuckDB on the file that was dropped. */
async function expectStatistics(page: Page, csv: string, column: string, numeric: boolean): Promise<void> {
  const want = await statisticsOf(csv, column, numeric)
  const facts = await factsOf(page)
  const shown = (term: string) => numberOf(facts[term] ?? '')
  expect(shown('Rows'), column).toBe(want.rows)
  expect(shown('Nulls'), column).toBe(want.nulls)
  expect(shown('Different values'), column).toBe(want.distinct)
  if (want.mean === null || want.deviation === null) return
  expect(facts.Least, column).toBe(want.least)
  expect(facts.Greatest, column).toBe(want.greatest)
  // The page writes six significant digits, its table of quantiles four.
  expect(Math.abs(shown('Mean') / want.mean - 1), column).toBeLessThan(5e-6)
  expect(Math.abs(shown('Standard deviation') / want.deviation - 1), column).toBeLessThan(5e-6)
  const [deciles = []] = await rowsOf(page.getByRole('table', { name: 'Quantiles' }))
  expect(deciles).toHaveLength(11)
  for (const [place, text] of deciles.entries()) {
    expect(Math.abs(numberOf(text) / (want.deciles[place] ?? 0) - 1), `${column}: ${text}`).toBeLessThan(5e-4)
  }
}

test('from a dropped file to a refusal, by page alone', async ({
  page,
  api,
  viewerApi,
  browser,
  baseURL,
}) => {
  test.setTimeout(300_000)
  const name = freshName('sea_buoys')
  const readings = buoyReadings()
  const { csv } = readings
  const group = new GroupPage(page, name)
  const catalog = new CatalogPage(page)

  await test.step('sign in by a one-time link', async () => {
    const told = await almanac('links', '--origin', baseURL ?? '', '--email', people.owner.email)
    await page.goto(told.split(/\s+/).at(-1) ?? '')
    await page.getByRole('button', { name: `Sign in as ${people.owner.name}` }).click()
    await expect(page.getByRole('heading', { name: 'Home', level: 1 })).toBeVisible()
  })

  await test.step('browse without a query, and search for "delay"', async () => {
    await catalog.open()
    await expect(catalog.row('airport_delays')).toContainText('flights')
    await catalog.filters.getByRole('link', { name: /^service/ }).click()
    await expect(page).toHaveURL(/kind=service/)
    await expect(catalog.row('delay_model_v1')).toBeVisible()
    await expect(catalog.row('airport_delays')).toBeHidden()
    await catalog.filters.getByRole('link', { name: /^service/ }).click()
    await expect(page).not.toHaveURL(/kind=/)
    await catalog.search('delay')
    await expect(catalog.row('route_delays')).toBeVisible()
    await expect(catalog.row('customer_engagement')).toBeHidden()
  })

  await test.step('a misspelling finds it too, and says so', async () => {
    await catalog.search('dleay')
    await expect(page.getByText('Nothing is spelled “dleay”')).toBeVisible()
    await expect(catalog.row('airport_delays')).toBeVisible()
    await catalog.jumpTo('airprot_delays', 'airport_delays')
  })

  await test.step('the page of an asset: meaning, owner, health, statistics, rows', async () => {
    const sample = new GroupPage(page, 'airport_delays')
    await sample.expectOpen()
    await expect(page.getByText('How late the flights that leave an airport arrive')).toBeVisible()
    await expect(sample.verdict).toContainText('owned by flights')
    await expect(sample.verdict).toContainText(/No rows since|Fresh|Newest row/)
    await expect(page.getByRole('img', { name: /^Histogram/ }).first()).toBeVisible()
    const facts = await factsOf(page)
    const counted = await (await api.get('/api/v1/feature-groups/airport_delays/statistics')).json()
    expect(numberOf(facts['Rows in history'] ?? '')).toBe(counted.rows)
    expect(counted.rows).toBeGreaterThan(100)
    await sample.tab('Data')
    const rows = page.getByRole('table', { name: 'Latest rows of airport_delays' })
    await expect(rows.locator('tbody tr')).toHaveCount(50)
  })

  await test.step('code with its names, and "try it" really reads', async () => {
    const sample = new GroupPage(page, 'airport_delays')
    await page.getByRole('button', { name: 'Use it' }).click()
    for (const language of ['Python', 'TypeScript', 'SQL', 'cURL']) {
      await sample.useIt.getByRole('button', { name: language, exact: true }).click()
      await expect(sample.useIt.locator('pre')).toContainText('airport_delays')
    }
    await sample.useIt.getByRole('button', { name: 'Try it' }).click()
    await expect(sample.useIt.getByText(/Answered in \d/)).toBeVisible()
    const answer = await rowsOf(sample.useIt.getByRole('table', { name: 'The answer, by feature' }))
    const airport = await sample.useIt.getByLabel('airport_code').inputValue()
    const { values } = await (await api.get(`/api/v1/feature-groups/airport_delays/online/${airport}`)).json()
    expect(answer.length).toBeGreaterThan(0)
    for (const [feature = '', value] of answer) expect(value, feature).toBe(String(values[feature]))
    await page.keyboard.press('Escape')
    await expect(sample.useIt).toBeHidden()
  })

  await test.step('drop a file of columns that nobody has seen: types, key and event time are inferred', async () => {
    const form = new RegisterPage(page)
    await page.goto('/catalog')
    await page.getByRole('link', { name: 'Register a feature group' }).click()
    await form.drop(`${name}.csv`, csv)
    await expect(page.getByText(`${name}.csv`).first()).toBeVisible()
    await expect(form.field('Name')).toHaveValue(name)
    await expect(form.field('Key in the file')).toHaveValue('buoy_id')
    await expect(form.field('Event time in the file')).toHaveValue('read_at')
    expect(await form.names()).toEqual(features)
    expect(await form.types()).toEqual(['float64', 'int64', 'string', 'bool'])
  })

  await test.step('correct it in the grid, register, and the rows come in', async () => {
    const form = new RegisterPage(page)
    await form.field('Meaning').fill('What buoys measure every other day.')
    await form.field('Tags optional').fill('sea buoy')
    await form.cell('Meaning', 1).fill(meaning)
    await form.cell('Meaning', 1).press('Enter')
    await expect(form.cell('Meaning', 2)).toBeFocused()
    await form.submit()
    await expect(page.getByText(`${name} is registered`)).toBeVisible()
    await expect(page.getByText(/2.520 rows accepted/)).toBeVisible()
    await page
      .getByRole('link', { name: `Open ${name}` })
      .first()
      .click()
    await group.expectOpen()
    await expect(group.verdict).toContainText('owned by flights')
    await expect(group.verdict).toContainText(/Newest row|Fresh/)
  })

  await test.step('each statistic of each feature equals DuckDB on the file', async () => {
    for (const [place, column] of features.entries()) {
      await page.goto(`/groups/${name}/features/${column}`)
      await expect(page.getByRole('heading', { name: column, level: 1 })).toBeVisible()
      await expect(page.getByText('Different values')).toBeVisible()
      await expectStatistics(page, csv, column, place < 2)
    }
    await page.goto(`/groups/${name}/features/water_celsius`)
    await expect(page.getByText(meaning)).toBeVisible()
  })

  await test.step('the histogram draws the same counts', async () => {
    const figure = page
      .locator('#history')
      .getByRole('figure')
      .filter({ has: page.getByRole('img', { name: /^Histogram/ }) })
    await figure.getByText('Table of these numbers').click()
    const drawn = (await rowsOf(figure.getByRole('table'))).map(([, rows = '']) => numberOf(rows))
    const { features: counted } = await (await api.get(`/api/v1/feature-groups/${name}/statistics`)).json()
    const { edges } = counted[0].histogram
    expect(drawn).toEqual(await binCounts(csv, 'water_celsius', edges))
  })

  await test.step('a faulty file is refused whole, each fault by row and column', async () => {
    await page.goto(`/groups/${name}`)
    await group.act('Ingest rows…')
    await page.getByLabel(/^Drop a CSV/).setInputFiles({
      name: 'faulty.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(faultyReadings(readings)),
    })
    await page.getByRole('button', { name: 'Ingest faulty.csv' }).click()
    await expect(page.getByText('Nothing was stored').first()).toBeVisible()
    const faults = await recordsOf(page.getByRole('region', { name: 'Faults' }).getByRole('table'))
    expect(faults.map(({ Row, Column, Value }) => [Row, Column, Value])).toEqual([
      ['2', 'buoy_id', 'nine'],
      ['5', 'read_at', 'last tuesday'],
      ['11', 'waves_counted', '12.5'],
      ['17', 'lamp_lit', 'perhaps'],
    ])
    const counted = await (await api.get(`/api/v1/feature-groups/${name}/statistics`)).json()
    expect(counted.rows).toBe(readings.rows.length)
  })

  await test.step('read one key', async () => {
    await page.goto(`/groups/${name}`)
    await group.tab('Data')
    await group.readKey({ buoy_id: '9007' })
    const newest = readings.rows.findLast(([buoy]) => buoy === '9007') ?? []
    const shown = await rowsOf(page.getByRole('table', { name: 'Values of the key' }))
    expect(shown.map(([feature, value]) => [feature, value])).toEqual(
      features.map((feature, place) => [feature, newest[place + 2] || 'null']),
    )
    const history = page.getByRole('table', { name: 'History of the key' }).locator('tbody tr')
    await expect(history).toHaveCount(20)
  })

  await test.step('the drift series by week is drawn, and shows the warmer weeks', async () => {
    await group.tab('Quality & drift')
    await expect(
      page.getByRole('img', { name: /^Standard deviations moved reached .* over the fail limit/ }),
    ).toBeVisible()
    await expect(page.getByText(/^water_celsius rose [\d.]+ sd in the week of/)).toBeVisible()
    const weeks = await recordsOf(page.getByRole('table', { name: 'water_celsius by week' }))
    expect(weeks.length).toBeGreaterThanOrEqual(12)
    const { windows } = await (
      await api.get(`/api/v1/feature-groups/${name}/drift`, { params: { feature: 'water_celsius' } })
    ).json()
    expect(weeks.map(({ Rows = '' }) => numberOf(Rows)).toReversed()).toEqual(
      windows.map((one: { rows: number }) => one.rows),
    )
    const total = windows.reduce((sum: number, one: { rows: number }) => sum + one.rows, 0)
    expect(total).toBe(readings.rows.length)
    expect(windows.filter((one: { judged: string }) => one.judged === 'fail').length).toBeGreaterThan(0)
  })

  const sunset = new Date(productNow().getTime() + 60 * 86_400_000).toISOString().slice(0, 10)
  const reason = 'The buoys were drawn in for the winter.'

  await test.step('deprecate it with a reason, a replacement and a date', async () => {
    await group.act('Deprecate…')
    await page.getByLabel('Reason', { exact: true }).fill(reason)
    await page.getByLabel('Replacement optional').fill('airport_delay')
    await page.getByRole('button', { name: 'Deprecate…' }).click()
    await expect(page.getByText('There is no feature group airport_delay.').first()).toBeVisible()
    await expect(page.getByRole('dialog')).toHaveCount(0)
    await page.getByLabel('Replacement optional').fill('airport_delays')
    await page.getByLabel('Sunset date optional').fill(sunset)
    await expect(page.getByRole('region', { name: 'What it will do' })).toContainText('airport_delays')
    await page.getByRole('button', { name: 'Deprecate…' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Deprecate', exact: true }).click()
    await expect(page.getByText('What readers are told')).toBeVisible()
  })

  await test.step('seen on the page, in search and in the headers of an answer', async () => {
    await page.goto(`/groups/${name}`)
    await expect(page.getByText(`Deprecated. ${reason}`)).toBeVisible()
    await expect(page.getByRole('main').getByRole('link', { name: 'airport_delays' }).first()).toBeVisible()
    await page.goto(`/catalog?q=${name}`)
    await expect(catalog.row(name)).toContainText('deprecated')
    const answer = await api.get(`/api/v1/feature-groups/${name}/online/9007`)
    expect(answer.headers()).toMatchObject({
      deprecation: expect.stringMatching(/^@\d{10}$/),
      sunset: new Date(`${sunset}T00:00:00Z`).toUTCString(),
      link: expect.stringContaining('airport_delays'),
    })
  })

  await test.step('a viewer is refused on the page, and told the rule and who can help', async () => {
    const context = await browser.newContext({ storageState: sessionOf('viewer') })
    const other = await context.newPage()
    await other.goto(`/groups/${name}?tab=data`)
    const refused = other.getByRole('region', { name: 'Refused' }).first()
    await expect(refused).toContainText('Refused:')
    await expect(refused).toContainText('Ask ')
    await expect(other.getByRole('status', { name: 'Loading' })).toHaveCount(0)
    await other.goto(`/groups/${name}/ingest`)
    await expect(other.getByRole('region', { name: 'Refused' })).toContainText(people.owner.name)
    await expect(other.getByRole('button', { name: /^Ingest/ })).toBeHidden()
    await context.close()
  })

  await test.step('and by the interface', async () => {
    const answer = await viewerApi.get(`/api/v1/feature-groups/${name}/online/9007`)
    const { decision } = await problemOf(answer, 403, 'forbidden')
    expect(decision?.action).toBe('group:read_online')
    expect(decision?.rule).toContain('consumer')
    expect(decision?.missing.join()).not.toBe('')
    expect(decision?.who_can_help.join()).not.toBe('')
  })
})
