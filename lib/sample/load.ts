import { db } from '@/db/client'
import type { Context } from '@/lib/core/context'
import { env } from '@/lib/core/env'
import { DomainError } from '@/lib/core/errors'
import { createTeam, ensureFirstRun, listTeams, setTeamMember } from '@/lib/identity'
import { type IngestInput, ingestRows, listCommits, runTransformation } from '@/lib/ingestion'
import {
  getFeatureGroup,
  registerEntity,
  registerFeatureGroup,
  registerFeatureService,
  registerSource,
} from '@/lib/registry'
import { calendarAt, midnight, type SampleCalendar, sampleCalendar } from './calendar'
import { customersNote, entities, flightsNote, services, sources, teams } from './catalog'
import { contractStep } from './contracts'
import type { SampleGroup } from './definition'
import { churnHistory, engagementHistory, toCsv } from './engagement'
import { customerGroups, flightGroups } from './groups'
import { unlessPresent } from './present'
import { withSampleLock } from './sample-lock'
import { readState, type SampleState, wantedVariant, writeState } from './state'
import { datasetStep } from './training-dataset'
import { prepareUpstream } from './upstream'
import type { Variant } from './variant'

/** One finished step of `total`, for people who wait. */
export interface SampleStep {
  name: string
  detail: string
  done: number
  total: number
  seconds: number
}

export type SampleProgress = (step: SampleStep) => void

interface Step {
  name: string
  /** Answers what was done, in a few words. A second time changes nothing. */
  work: () => Promise<string>
}

const asSample = { sample: true }

const registered = (isNew: boolean) => (isNew ? 'registered' : 'was there')

async function registerAll<T>(items: readonly T[], register: (item: T) => Promise<unknown>): Promise<string> {
  let made = 0
  for (const item of items) if (await unlessPresent(() => register(item))) made++
  return `${made} registered, ${items.length - made} were there`
}

/** Registers a group. One of that name which is not the sample's is somebody's own: nothing is written to it. */
async function register(ctx: Context, group: SampleGroup, note: string): Promise<boolean> {
  const isNew = await unlessPresent(() => registerFeatureGroup(ctx, { ...group, note }, asSample))
  const { sample } = await getFeatureGroup(ctx, group.name)
  if (sample) return isNew
  throw new DomainError(
    'conflict',
    `The sample brings a feature group ${group.name}, and one of that name is there already. Set ALMANAC_SAMPLE=off to do without the sample.`,
  )
}

/** The first run computes all days that have arrived; a run that is repeated finds nothing left to do. */
async function flightStep(
  ctx: Context,
  group: SampleGroup,
  calendar: SampleCalendar,
  note: string,
): Promise<string> {
  const isNew = await register(ctx, group, note)
  const { rows } = await runTransformation(ctx, { group: group.name }, { to: midnight(calendar.historyEnd) })
  return `${registered(isNew)}, ${rows.toLocaleString('en')} rows`
}

/** Whoever signs in is made by identity; here come the teams that own the groups, each with somebody to ask. */
async function peopleStep(ctx: Context): Promise<string> {
  await ensureFirstRun({ sample: true })
  const told = await registerAll(teams, ({ maintainer, ...team }) => createTeam(ctx, team, asSample))
  const { data } = await listTeams(ctx, { limit: 200 })
  const empty = data.filter(({ members }) => members.length === 0).map(({ name }) => name)
  for (const { name, maintainer } of teams.filter((team) => empty.includes(team.name))) {
    await setTeamMember(ctx, name, { person: maintainer, membership: 'maintainer' })
  }
  return told
}

const csvOf = (group: string): string => {
  const history = engagementHistory()
  return toCsv(group === 'customer_engagement' ? history : churnHistory(history))
}

async function* bytesOf(text: string): IngestInput['bytes'] {
  yield new TextEncoder().encode(text)
}

async function customerStep(ctx: Context, group: SampleGroup): Promise<string> {
  const isNew = await register(ctx, group, customersNote)
  const { meta } = await listCommits(ctx, { group: group.name, limit: 1 })
  if (meta.total > 0) return `${registered(isNew)}, rows were there`
  const { accepted } = await ingestRows(ctx, {
    group: group.name,
    contentType: 'text/csv',
    bytes: bytesOf(csvOf(group.name)),
    mode: 'strict',
    to: 'both',
    unknown: 'refuse',
    idempotency: null,
  })
  return `${registered(isNew)}, ${accepted.toLocaleString('en')} rows`
}

function stepsOf(ctx: Context, calendar: SampleCalendar, variant: Variant): Step[] {
  const note = flightsNote(calendar, variant)
  return [
    { name: 'people and teams', work: () => peopleStep(ctx) },
    {
      name: 'raw files',
      work: async () => {
        await prepareUpstream(env().home, calendar, variant)
        return `moved by ${calendar.shiftWeeks} weeks to ${calendar.firstDay} … ${calendar.lastDay}`
      },
    },
    {
      name: 'entities',
      work: () => registerAll(entities, (entity) => registerEntity(ctx, entity, asSample)),
    },
    { name: 'sources', work: () => registerAll(sources, (source) => registerSource(ctx, source, asSample)) },
    ...flightGroups.map((group) => ({
      name: group.name,
      work: () => flightStep(ctx, group, calendar, note),
    })),
    ...customerGroups.map((group) => ({ name: group.name, work: () => customerStep(ctx, group) })),
    {
      name: 'services',
      work: () => registerAll(services, (one) => registerFeatureService(ctx, one, asSample)),
    },
    { name: 'contracts', work: () => contractStep(ctx) },
    { name: 'training dataset', work: () => datasetStep(ctx, calendar) },
  ]
}

async function run(steps: Step[], progress: SampleProgress): Promise<void> {
  for (const [index, { name, work }] of steps.entries()) {
    const since = performance.now()
    const detail = await work()
    progress({
      name,
      detail,
      done: index + 1,
      total: steps.length,
      seconds: (performance.now() - since) / 1000,
    })
  }
}

export type LoadAnswer = { outcome: 'off' | 'removed' | 'was_there' | 'loaded'; state: SampleState | null }

/**
 * Loads the sample through the product's own use cases. Idempotent, and resumes after a kill: what a step has done
 * already it finds and leaves. With `again` a sample that was removed comes back.
 * ALMANAC_SAMPLE: `off` loads nothing, `small` a part. Needs the offline engine.
 */
export function loadSample(
  ctx: Context,
  progress: SampleProgress = () => {},
  { again = false }: { again?: boolean } = {},
): Promise<LoadAnswer> {
  return withSampleLock(async () => {
    const wanted = wantedVariant()
    const before = await readState()
    if (before?.state === 'loaded') return { outcome: 'was_there', state: before }
    if (wanted === 'off') return { outcome: 'off', state: before }
    if (before?.state === 'removed' && !again) return { outcome: 'removed', state: before }
    const resumed = before?.state === 'loading' ? before : null
    const variant = resumed?.variant ?? wanted
    const calendar = resumed ? calendarAt(resumed.shift_weeks) : sampleCalendar(ctx.now())
    const state = { variant, shift_weeks: calendar.shiftWeeks, next_day: calendar.historyEnd }
    await writeState(db(), { ...state, state: 'loading' }, ctx.now())
    await run(stepsOf(ctx, calendar, variant), progress)
    const loaded: SampleState = { ...state, state: 'loaded' }
    await writeState(db(), loaded, ctx.now())
    return { outcome: 'loaded', state: loaded }
  })
}
