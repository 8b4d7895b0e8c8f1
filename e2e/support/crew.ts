import type { APIRequestContext, APIResponse, Browser, BrowserContext, Page } from '@playwright/test'
import { keepDraftsHere } from './drafts'
import { freshName } from './installation'
import { people, sessionOf } from './people'
import { test as base, expect } from './test'

/** Somebody at a browser of their own. */
export interface Hand {
  name: string
  page: Page
  /** A request to the interface with their session, as their page would send it. */
  send: (method: 'GET' | 'POST' | 'PATCH', path: string, data?: object) => Promise<APIResponse>
}

export interface Crew {
  /** A team of this test's own: Mara and Nora produce in it, and both could review what it owns. */
  team: string
  /** Who owns what is made. */
  mara: Hand
  /** Who reviews everything, of no team. */
  jonas: Hand
  /** Who reads and builds, of another team. */
  ines: Hand
  /** Mara’s colleague, whom nobody had before this test. */
  nora: Hand
}

const handOf = async (name: string, context: BrowserContext, origin: string): Promise<Hand> => ({
  name,
  page: await context.newPage(),
  send: (method, path, data) =>
    context.request.fetch(`${origin}/api/v1${path}`, {
      method,
      headers: { origin, ...(method === 'PATCH' ? { 'if-match': '*' } : {}) },
      ...(data ? { data } : {}),
    }),
})

async function told(answer: APIResponse) {
  expect(answer.ok(), await answer.text()).toBe(true)
  return answer.json()
}

async function newTeam(api: APIRequestContext): Promise<{ team: string; undo: string[] }> {
  const team = freshName('weather')
  await told(await api.post('/api/v1/teams', { data: { name: team, description: 'Crews and gauges.' } }))
  const person = people.owner.email
  const joined = await told(await api.post(`/api/v1/teams/${team}/members`, { data: { person } }))
  const { id } = joined.members.find((one: { name: string }) => one.name === people.owner.name)
  const roles = `/api/v1/people/${id}/roles`
  const role = await told(await api.post(roles, { data: { role: 'reviewer', team } }))
  return { team, undo: [`${roles}/${role.id}`, `/api/v1/teams/${team}/members/${id}`] }
}

/** Signs somebody new in by the link that came with the account. */
async function newColleague(api: APIRequestContext, browser: Browser, origin: string, team: string) {
  const name = 'Nora Falk'
  const data = {
    name,
    email: `${freshName('nora')}@sample.example`,
    roles: [{ role: 'producer' }, { role: 'reviewer', team }],
    teams: [{ name: team }],
  }
  const { sign_in_link: link } = await told(await api.post('/api/v1/people', { data }))
  const context = await browser.newContext({ baseURL: origin })
  const hand = await handOf(name, context, origin)
  await hand.page.goto(link.path)
  await hand.page.getByRole('button', { name: `Sign in as ${name}` }).click()
  await expect(hand.page).toHaveURL('/')
  return { context, hand }
}

/** Four people with four browsers, around a team that no other test knows. */
export const test = base.extend<{ crew: Crew }>({
  crew: async ({ api, browser, baseURL }, use) => {
    const origin = baseURL ?? ''
    const { team, undo } = await newTeam(api)
    const known = async (person: 'owner' | 'reviewer' | 'scientist') => {
      const context = await browser.newContext({ baseURL: origin, storageState: sessionOf(person) })
      await keepDraftsHere(context)
      return { context, hand: await handOf(people[person].name, context, origin) }
    }
    const [mara, jonas, ines, nora] = await Promise.all([
      known('owner'),
      known('reviewer'),
      known('scientist'),
      newColleague(api, browser, origin, team),
    ])
    await use({ team, mara: mara.hand, jonas: jonas.hand, ines: ines.hand, nora: nora.hand })
    await Promise.all([mara, jonas, ines, nora].map(({ context }) => context.close()))
    for (const path of undo) {
      const answer = await api.delete(path, { headers: { 'if-match': '*' } })
      expect(answer.status(), await answer.text()).toBe(204)
    }
  },
})

export { expect }
