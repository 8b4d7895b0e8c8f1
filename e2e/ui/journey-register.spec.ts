import type { APIRequest, APIResponse, Page } from '@playwright/test'
import { type Crew, expect, type Hand, test } from '../support/crew'
import { freshName, productNow } from '../support/installation'
import { problemOf } from '../support/problem'
import { statisticsOf } from '../support/statistics'
import { GroupPage } from './pages/group-page'
import { RegisterPage } from './pages/register-page'
import { ReviewPage } from './pages/review-page'
import { factsOf, numberOf, recordsOf } from './pages/shown'

const hourMs = 3_600_000
const header = 'airport_code,ended_at,rest_hours,mean_delay_7d,email'
const airports = ['ORD', 'SFO', 'ATL', 'DFW', 'LAX', 'PHX', 'DEN', 'STL', 'DTW', 'MSP', 'BOS', 'SEA']

/** Five shifts at each of twelve airports. */
function shifts(least: number, count = 60): string {
  const lines = Array.from({ length: count }, (_, row) => {
    const airport = airports[row % airports.length] ?? ''
    const at = new Date(productNow().getTime() - (60 - row) * hourMs).toISOString()
    const delay = ((row * 7) % 30) - 9.5
    return `${airport},${at},${least + row / 8},${delay},${airport.toLowerCase()}@crews.example`
  })
  return `${[header, ...lines].join('\n')}\n`
}

const features = ['rest_hours', 'mean_delay_7d', 'email']
const meanings = [
  'Hours of rest before the shift.',
  'Mean delay in minutes over the last 7 days.',
  'Where the crew is written to.',
]

/** As `almanac apply` sends a file: a second group of the same class. */
const definitionOf = (name: string, team: string) => `kind: feature_group
name: ${name}
description: How long crews rest, from files.
owner_team: ${team}
classification: confidential
purposes: [fatigue]
lawful_basis: legitimate_interests
entity: {name: ${name}, keys: [{name: crew_id, type: int64}]}
primary_key: [crew_id]
timestamp_key: ended_at
features:
  - {name: rest_hours, type: float64, description: Hours of rest before the shift.}
`

async function expectFourEyes(answer: APIResponse): Promise<void> {
  const { decision } = await problemOf(answer, 403, 'forbidden')
  expect(decision?.action).toBe('version:approve')
  expect(decision?.rule).toContain('No one approves their own submission.')
}

const approvalOf = (group: string) => `/feature-groups/${group}/versions/1/approve`

/** The interface with a key that somebody made for themselves. */
async function withOwnKey(hand: Hand, request: APIRequest, origin: string) {
  const made = await hand.send('POST', '/api-keys', { name: freshName('own') })
  const { secret } = await made.json()
  return request.newContext({
    baseURL: origin,
    extraHTTPHeaders: { authorization: `Bearer ${secret}` },
  })
}

async function fillIn({ mara: { page }, team }: Crew): Promise<void> {
  const form = new RegisterPage(page)
  await form.field('Meaning').fill('How long crews rest at an airport.')
  await expect(form.field('Entity')).toHaveValue('airport')
  await form.field('Owner').selectOption(team)
  await form.field('Classification').selectOption('confidential')
  await form.field('Purposes').fill('fatigue')
  await form.field('Lawful basis').selectOption('legitimate_interests')
}

test('a file becomes a confidential group by four people, and its author approves by no road', async ({
  crew,
  browser,
  playwright,
  baseURL,
}) => {
  test.setTimeout(180_000)
  const { mara, jonas, ines, nora, team } = crew
  const name = freshName('crew_rest')
  const reviewOf = (hand: Hand) => new ReviewPage(hand.page)
  const line = 'features.rest_hours'

  await test.step('Mara drops a file: key, event time and types are inferred, an address looks sensitive', async () => {
    const form = new RegisterPage(mara.page)
    await mara.page.goto('/register')
    await form.drop(`${name}.csv`, shifts(4))
    await expect(form.field('Key in the file')).toHaveValue('airport_code')
    await expect(form.field('Event time in the file')).toHaveValue('ended_at')
    expect(await form.names()).toEqual(features)
    expect(await form.types()).toEqual(['float64', 'float64', 'string'])
    await expect(form.cell('Classification', 3)).toHaveValue('confidential')
  })

  await test.step('she is told of a feature like hers, takes it instead, and puts hers back', async () => {
    const form = new RegisterPage(mara.page)
    for (const [at, text] of meanings.entries()) await form.cell('Meaning', at + 1).fill(text)
    const like = mara.page
      .getByRole('list', { name: 'Features like mean_delay_7d' })
      .getByRole('listitem')
      .filter({ hasText: ':mean_delay_7d' })
      .first()
    const other = (await like.getByRole('link').first().textContent()) ?? ''
    expect(other).toMatch(/:mean_delay_7d$/)
    await like.getByRole('button', { name: 'Use that instead' }).click()
    const taken = mara.page.getByRole('status').filter({ hasText: 'Taken from the catalogue instead' })
    await expect(taken).toContainText(other)
    expect(await form.names()).toEqual(['rest_hours', 'email'])
    await taken.getByRole('button', { name: 'Put it back' }).click()
    await expect(taken).toBeHidden()
    expect(await form.names()).toEqual(features)
  })

  await test.step('Nora types, and finds it at her other browser', async () => {
    const answered = (page: Page, method: string) =>
      page.waitForResponse(
        (answer) => answer.url().endsWith('/drafts/register') && answer.request().method() === method,
      )
    const asked = answered(nora.page, 'GET')
    await nora.page.goto('/register')
    await asked
    const kept = answered(nora.page, 'PUT')
    await new RegisterPage(nora.page).field('Name').fill(`${name}_of_nora`)
    expect((await kept).status()).toBe(200)
    const { cookies } = await nora.page.context().storageState()
    const other = await browser.newContext({
      storageState: { cookies, origins: [] },
      ...(baseURL ? { baseURL } : {}),
    })
    const page = await other.newPage()
    await page.goto('/register')
    await expect(page.getByText('From your other browser')).toBeVisible()
    await expect(new RegisterPage(page).field('Name')).toHaveValue(`${name}_of_nora`)
    await page.getByRole('button', { name: 'Start over' }).click()
    await expect(page.getByText('From your other browser')).toBeHidden()
    await other.close()
  })

  await test.step('owner, meaning, class, purpose and basis; then it is a draft, and she submits it', async () => {
    await fillIn(crew)
    await new RegisterPage(mara.page).submit()
    await expect(mara.page.getByText('a second person has to approve it')).toBeVisible()
    await mara.page.getByRole('link', { name: 'Submit for review' }).click()
    await reviewOf(mara).act('Submit for review', 'Fatigue is asked for.')
    await expect(reviewOf(mara).decision).toContainText('in review')
  })

  await test.step('a reviewer by role, she still approves it by no road', async () => {
    await expect(reviewOf(mara).button('Approve')).toBeDisabled()
    await expect(reviewOf(mara).decision).toContainText('No one approves their own submission.')
    await expectFourEyes(await mara.send('POST', approvalOf(name), { reason: 'Mine.' }))
    const key = await withOwnKey(mara, playwright.request, baseURL ?? '')
    await expectFourEyes(await key.post(`/api/v1${approvalOf(name)}`, { data: {} }))
    await key.dispose()
    const items = [{ group: name, version: 1 }]
    const batch = await mara.send('POST', '/reviews/decide', { decision: 'approve', items })
    expect(await batch.json()).toMatchObject({ data: [{ done: false, problem: { code: 'forbidden' } }] })

    const planned = freshName('crew_plan')
    const files = [{ path: 'crews.yaml', content: definitionOf(planned, team) }]
    const applied = await mara.send('POST', '/definitions/apply', { files })
    expect(await applied.json()).toMatchObject({ summary: { create: 1, waits: 1 } })
    const group = await mara.send('GET', `/feature-groups/${planned}`)
    expect(await group.json()).toMatchObject({ state: 'in_review' })
    await expectFourEyes(await mara.send('POST', approvalOf(planned), {}))
    const reject = `/feature-groups/${planned}/versions/1/reject`
    expect((await nora.send('POST', reject, { reason: 'One is enough.' })).ok()).toBe(true)
    expect(await (await mara.send('GET', `/feature-groups/${name}`)).json()).toMatchObject({
      state: 'in_review',
    })
  })

  await test.step('Jonas is asked in his inbox; he comments on a line and suggests a bound', async () => {
    await jonas.page.goto('/inbox')
    await jonas.page.getByRole('link', { name: `${mara.name} asks for a review of ${name}@1` }).click()
    const review = reviewOf(jonas)
    await expect(review.button('Approve')).toBeEnabled()
    await review.comment(line, 'Can a rest be negative?')
    await review.suggest(line, 'contract.min', '0')
    await expect(review.decision).toContainText('2 threads of 2 open.')
  })

  await test.step('Mara applies it, and settles the comment', async () => {
    const review = reviewOf(mara)
    await mara.page.reload()
    await review.thread(`${line}.contract.min`).getByRole('button', { name: 'Apply' }).click()
    await expect(mara.page.getByText(`Settled by ${mara.name}`)).toHaveCount(1)
    await review.thread(line).getByRole('button', { name: 'Settle' }).click()
    await expect(review.decision).toContainText('2 threads, all settled.')
  })

  await test.step('so Jonas has a hand in it, and it is no longer his to approve', async () => {
    await jonas.page.reload()
    await expect(reviewOf(jonas).button('Approve')).toBeDisabled()
    await expect(reviewOf(jonas).decision).toContainText(
      `No one approves their own submission. Ask ${nora.name}.`,
    )
    await expectFourEyes(await jonas.send('POST', approvalOf(name), {}))
  })

  await test.step('Nora, who had none, finds it in the queue and approves it', async () => {
    await nora.page.goto('/governance/reviews')
    await nora.page
      .getByRole('list', { name: 'Waiting for you' })
      .getByRole('link', { name: `${name}@1` })
      .click()
    await expect(nora.page.getByText('float64 · at least 0 · Hours of rest before the shift.')).toBeVisible()
    // By key: what is typed then is the reason, and is there again after a reload.
    await nora.page.keyboard.press('a')
    await nora.page.keyboard.type('Founded and bounded.')
    await nora.page.reload()
    const dialog = nora.page.getByRole('dialog')
    await expect(async () => {
      await nora.page.keyboard.press('a')
      await expect(dialog).toBeVisible({ timeout: 2000 })
    }).toPass()
    await expect(dialog.getByLabel(/^Reason/)).toHaveValue('Founded and bounded.')
    await dialog.getByRole('button', { name: 'Approve', exact: true }).click()
    await expect(dialog).toHaveCount(0)
    await expect(reviewOf(nora).decision).toContainText('active')
    await mara.page.goto('/inbox')
    await expect(mara.page.getByRole('link', { name: `${nora.name} approved ${name}@1` })).toBeVisible()
  })

  await test.step('Mara promises that no file is cut short, and signs it', async () => {
    await mara.page.goto(`/groups/${name}`)
    await new GroupPage(mara.page, name).tab('Contract')
    await mara.page.getByRole('link', { name: 'Propose a contract' }).click()
    await mara.page.getByLabel('Least a commit').fill('50')
    await mara.page.getByRole('button', { name: 'Propose and sign' }).click()
    await expect(mara.page.getByText('Contract 1 of version 1')).toBeVisible()
    await expect(mara.page.getByRole('table', { name: 'Promises' })).toContainText('50')
    await expect(mara.page.getByRole('table', { name: 'Contract', exact: true })).toContainText('at least 0')
  })

  const ingest = async (file: string, csv: string) => {
    await mara.page.goto(`/groups/${name}`)
    await new GroupPage(mara.page, name).act('Ingest rows…')
    const buffer = Buffer.from(csv)
    await mara.page.getByLabel(/^Drop a CSV/).setInputFiles({ name: file, mimeType: 'text/csv', buffer })
    await mara.page.getByRole('button', { name: `Ingest ${file}` }).click()
  }

  await test.step('both hold at the door: a file that breaks one stores nothing', async () => {
    await ingest('short.csv', shifts(4, 12))
    await expect(mara.page.getByText('Nothing was stored').first()).toBeVisible()
    await expect(mara.page.getByRole('main')).toContainText('at least 50 rows')
    await ingest('below.csv', shifts(-0.5))
    await expect(mara.page.getByText('Nothing was stored').first()).toBeVisible()
    const faults = await recordsOf(mara.page.getByRole('region', { name: 'Faults' }).getByRole('table'))
    expect(faults.map(({ Row, Column, Value }) => [Row, Column, Value])).toContainEqual([
      '1',
      'rest_hours',
      '-0.5',
    ])
  })

  await test.step('the rows come in, and the page tells their statistics', async () => {
    await ingest('shifts.csv', shifts(4))
    await expect(mara.page.getByText(/60 rows accepted/)).toBeVisible()
    await mara.page.goto(`/groups/${name}/features/rest_hours`)
    await expect(mara.page.getByText('Different values')).toBeVisible()
    const facts = await factsOf(mara.page)
    const want = await statisticsOf(shifts(4), 'rest_hours', true)
    const shown = (term: string) => numberOf(facts[term] ?? '')
    expect([shown('Rows'), shown('Nulls'), shown('Different values')]).toEqual([60, 0, want.distinct])
    // The page writes six significant digits.
    expect(Math.abs(shown('Mean') / (want.mean ?? 0) - 1)).toBeLessThan(5e-6)
    expect(Math.abs(shown('Standard deviation') / (want.deviation ?? 0) - 1)).toBeLessThan(5e-6)
    // Of what is confidential the extremes are one crew's each.
    expect(Object.keys(facts)).not.toContain('Least')
    expect(facts.Contract).toBe('at least 0')
  })

  await test.step('Ines reads what it means, not what is in it, and is told who can help', async () => {
    await ines.page.goto(`/groups/${name}`)
    await expect(ines.page.getByText('How long crews rest at an airport.').first()).toBeVisible()
    await new GroupPage(ines.page, name).tab('Data')
    await expect(ines.page.getByRole('region', { name: 'Refused' }).first()).toContainText('Ask ')
    const refused = await ines.send('GET', `/feature-groups/${name}/online/ORD`)
    expect((await problemOf(refused, 403, 'forbidden')).decision?.action).toBe('group:read_online')
  })
})
