import type { APIRequestContext, Page } from '@playwright/test'
import { type Crew, expect, type Hand, test } from '../support/crew'
import { freshName, productNow } from '../support/installation'
import { people } from '../support/people'
import { problemOf } from '../support/problem'
import { GroupPage } from './pages/group-page'
import { ReviewPage } from './pages/review-page'

const dayOf = (days: number) =>
  new Date(productNow().getTime() + days * 86_400_000).toISOString().slice(0, 10)

interface Impact {
  consumers: { name: string }[]
  datasets: { name: string }[]
}

interface Setting {
  group: string
  service: string
  dataset: string
  key: string
  /** The interface with Ines’ key. */
  byKey: APIRequestContext
}

async function told(hand: Hand, path: string, data: object) {
  const answer = await hand.send('POST', path, data)
  expect(answer.ok(), await answer.text()).toBe(true)
  return answer.json()
}

/** Mara’s gauges with rows; on them a service, a training dataset and a key of Ines. */
async function setUp({ mara, ines, team }: Crew, newKey: (secret: string) => Promise<APIRequestContext>) {
  const group = freshName('rain_gauges')
  const service = freshName('flood')
  const dataset = freshName('flood_days')
  const key = freshName('flood_alarm')
  const at = new Date(productNow().getTime() - 86_400_000).toISOString()
  await told(mara, '/feature-groups', {
    name: group,
    description: 'Rain at gauges.',
    entity: { name: freshName('gauge'), keys: [{ name: 'gauge_id', type: 'int64' }] },
    primary_key: ['gauge_id'],
    timestamp_key: 'at',
    owner_team: team,
    features: ['depth', 'weight'].map((name) => ({
      name,
      type: 'float64',
      description: `The ${name} of it.`,
    })),
  })
  await told(mara, `/feature-groups/${group}/rows`, { rows: [{ gauge_id: 1, at, depth: 41.5, weight: 2 }] })
  const features = [`${group}:depth`, `${group}:weight`]
  await told(ines, '/feature-services', { name: service, features, owner_team: 'growth' })
  const spine = { rows: [{ gauge_id: 1, event_timestamp: productNow().toISOString() }] }
  await told(ines, '/training-datasets', { name: dataset, spine, features, owner_team: 'growth' })
  const { secret } = await told(ines, '/api-keys', { name: key })
  return { group, service, dataset, key, byKey: await newKey(secret) } satisfies Setting
}

const section = (page: Page, title: string) =>
  page.locator('section').filter({ has: page.getByRole('heading', { name: title, exact: true }) })

/** Both have the form open; Mara saves first. */
async function editTogether({ mara, nora }: Crew, group: string): Promise<void> {
  const path = `/groups/${group}/edit`
  const meaning = (page: Page) => page.getByLabel('Meaning', { exact: true })
  const save = (page: Page) => page.getByRole('button', { name: 'Save', exact: true })
  await Promise.all([mara.page.goto(path), nora.page.goto(path)])
  await meaning(nora.page).fill('Rain at gauges, in millimetres.')
  await nora.page.getByLabel(/^Note/).fill('Frozen gauges read 0.')
  await meaning(mara.page).fill('Rain that gauges measured in a day.')
  await mara.page.getByLabel(/^Tags/).fill('rain')
  await save(mara.page).click()
  await expect(mara.page).toHaveURL(new RegExp(`/groups/${group}$`))

  await save(nora.page).click()
  const note = nora.page.getByRole('status').filter({ hasText: 'Somebody else changed it meanwhile' })
  await expect(note).toContainText('Theirs: Rain that gauges measured in a day.')
  await expect(note).toContainText('Yours: Rain at gauges, in millimetres.')
  await expect(note).toContainText('Taken over, since you had not touched it: Tags.')
  await expect(meaning(nora.page)).toHaveValue('Rain at gauges, in millimetres.')
  await expect(nora.page.getByLabel(/^Note/)).toHaveValue('Frozen gauges read 0.')
  await expect(save(nora.page)).toBeDisabled()
  await note.getByRole('button', { name: 'Keep mine for Meaning' }).click()
  await save(nora.page).click()
  await expect(nora.page).toHaveURL(new RegExp(`/groups/${group}$`))
  expect(await (await mara.send('GET', `/feature-groups/${group}`)).json()).toMatchObject({
    description: 'Rain at gauges, in millimetres.',
    note: 'Frozen gauges read 0.',
    tags: ['rain'],
  })
}

test('version 2 breaks what others read: who is hit, who decides, who is told, and the end of version 1', async ({
  crew,
  playwright,
  baseURL,
}) => {
  test.setTimeout(180_000)
  const { mara, jonas, ines } = crew
  const setting = await setUp(crew, (secret) =>
    playwright.request.newContext({ baseURL, extraHTTPHeaders: { authorization: `Bearer ${secret}` } }),
  )
  const { group, service, dataset, key, byKey } = setting
  const readOne = `/api/v1/feature-groups/${group}/online/1?version=1`
  const byService = () =>
    byKey.post('/api/v1/online-features', { data: { feature_service: service, entities: { gauge_id: [1] } } })
  const review = new ReviewPage(mara.page)

  await test.step('two edit what is said of it: the second is told, and nothing is lost', () =>
    editTogether(crew, group))

  await test.step('one call of a key, and it stands among those who would be hit', async () => {
    expect((await byKey.get(readOne)).status()).toBe(200)
    await expect
      .poll(async () => {
        const answer = await mara.send('GET', `/feature-groups/${group}/impact?version=1`)
        const { consumers, datasets }: Impact = await answer.json()
        return [...consumers, ...datasets].map(({ name }) => name)
      })
      .toEqual(expect.arrayContaining([key, dataset]))
    await mara.page.goto(`/groups/${group}`)
    await new GroupPage(mara.page, group).act('Change the definition…')
    await mara.page.getByRole('button', { name: 'Remove feature 2' }).click()
    const preview = mara.page.getByRole('complementary', { name: 'Preview' })
    await expect(preview).toContainText('Becomes version 2, with data of its own')
    await expect(preview).toContainText('features.weight')
    for (const name of [service, `${dataset}@1`, key]) await expect(preview).toContainText(name)
  })

  await test.step('Mara makes and submits it; Jonas sees the difference and approves', async () => {
    await mara.page.getByLabel(/^Reason/).fill('The scales froze.')
    await mara.page.getByRole('button', { name: 'Make version 2' }).click()
    await review.act('Submit for review', 'The scales froze.')
    await expect(review.button('Approve')).toBeDisabled()
    await jonas.page.goto('/inbox')
    await jonas.page.getByRole('link', { name: `${mara.name} asks for a review of ${group}@2` }).click()
    const his = new ReviewPage(jonas.page)
    await expect(jonas.page.getByText('What changes against version 1')).toBeVisible()
    await expect(his.decision).toContainText('1 breaking change against version 1')
    await expect(his.decision).toContainText('Risk high.')
    await expect(jonas.page.getByRole('main')).toContainText(key)
    await his.act('Approve', 'Agreed.')
    await expect(his.decision).toContainText('active')
  })

  await test.step('with rows of its own it is promoted; who names version 1 reads on', async () => {
    const at = new Date(productNow().getTime() - 3_600_000).toISOString()
    await told(mara, `/feature-groups/${group}/rows?version=2`, { rows: [{ gauge_id: 1, at, depth: 43 }] })
    await mara.page.goto(`/groups/${group}?tab=versions`)
    const prod = mara.page.getByRole('list', { name: 'Environments' }).getByRole('listitem', { name: 'prod' })
    await prod.getByRole('button', { name: 'Promote @2…' }).click()
    await mara.page.getByRole('dialog').getByRole('button', { name: 'Promote in prod' }).click()
    await expect(prod.getByRole('link', { name: `${group}@2` })).toBeVisible()
    const served = await byKey.get(`/api/v1/feature-groups/${group}/online/1`)
    expect(await served.json()).toMatchObject({ version: 2, values: { depth: 43 } })
    expect((await (await byKey.get(readOne)).json()).values).toEqual({ depth: 41.5, weight: 2 })
  })

  await test.step('version 1 is deprecated with what takes its place and a date', async () => {
    await mara.page.goto(`/groups/${group}/deprecate?version=1`)
    await mara.page.getByLabel('Reason', { exact: true }).fill('The scales are gone.')
    await mara.page.getByLabel('Replacement optional').fill(`${group}@2`)
    await mara.page.getByLabel('Sunset date optional').fill(dayOf(30))
    await expect(mara.page.getByRole('region', { name: 'What it will do' })).toContainText(
      /Hit: 1 service, 1 training dataset,? and \d readers? of the last 30 days/,
    )
    await mara.page.getByRole('button', { name: 'Deprecate…' }).click()
    await mara.page.getByRole('dialog').getByRole('button', { name: 'Deprecate', exact: true }).click()
    await expect(
      section(mara.page, 'Who was told').getByRole('listitem').filter({ hasText: ines.name }),
    ).toContainText('not acknowledged')
  })

  await test.step('Ines finds it in her inbox, and acknowledges it', async () => {
    await ines.page.goto('/inbox')
    const notice = ines.page.getByRole('listitem').filter({ hasText: `${group}@1 is deprecated` })
    await notice.getByRole('button', { name: 'Acknowledge' }).click()
    await expect(notice.getByRole('button', { name: 'Acknowledge' })).toHaveCount(0)
    await mara.page.reload()
    await expect(
      section(mara.page, 'Who was told').getByRole('listitem').filter({ hasText: people.scientist.name }),
    ).toContainText(/^(?!.*not acknowledged).*acknowledged/)
  })

  await test.step('she sees it on the page of the group, of her service, and in the headers of an answer', async () => {
    await ines.page.goto(`/groups/${group}?version=1`)
    const banner = ines.page.getByRole('status').filter({ hasText: 'The scales are gone.' })
    await expect(banner.getByRole('link', { name: `${group}@2` })).toBeVisible()
    await ines.page.goto(`/services/${service}`)
    await expect(
      ines.page.getByRole('status').filter({ hasText: 'This service names what is deprecated' }),
    ).toContainText(`${group}@1`)
    for (const answer of [await byKey.get(readOne), await byService()])
      expect(answer.headers(), answer.url()).toMatchObject({
        deprecation: expect.stringMatching(/^@\d{10}$/),
        sunset: new Date(`${dayOf(30)}T00:00:00Z`).toUTCString(),
        link: expect.stringContaining(group),
      })
    const late = await ines.send('POST', '/feature-services', {
      name: freshName('late'),
      features: [`${group}@1:depth`],
      owner_team: 'growth',
    })
    await problemOf(late, 409, 'conflict')
  })

  await test.step('after the date new reads are refused and told what to read; version 2 goes on', async () => {
    const { meta } = await (await byService()).json()
    const change = { sunset_at: new Date(Date.parse(meta.served_at) + 1500).toISOString() }
    const moved = await mara.send('PATCH', `/feature-groups/${group}/versions/1/deprecation`, change)
    expect(moved.ok(), await moved.text()).toBe(true)
    await expect.poll(async () => (await byKey.get(readOne)).status()).toBe(410)
    expect((await problemOf(await byKey.get(readOne), 410, 'gone')).replacement).toBe(`${group}@2`)
    expect((await byService()).status()).toBe(410)
    expect((await byKey.get(`/api/v1/feature-groups/${group}/online/1`)).status()).toBe(200)
  })
  await byKey.dispose()
})
