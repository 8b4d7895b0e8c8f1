import { and, count, eq, inArray, isNull } from 'drizzle-orm'
import type { Executor } from '@/db/client'
import { commits, contractBreaches, quarantinedRows } from '@/db/schema'
import type { VersionRow } from '../definition'
import { isoInstant } from '../instants'
import { testState } from '../kept-tests'
import { environmentsOf, type GroupRow, type VersionEnvironmentRow, versionsOf } from '../queries'
import { stayIn } from './record'
import type { PromotionCheckResource } from './resources'
import { servedIn } from './served'

/** A version on its way into an environment, and what stands where. */
export interface Situation {
  row: GroupRow
  version: VersionRow
  environment: string
  /** All environments in their order. */
  order: string[]
  /** Of the group, newest first. */
  versions: VersionRow[]
  places: VersionEnvironmentRow[]
}

export async function situationOf(
  executor: Executor,
  row: GroupRow,
  { version, environment, order }: Pick<Situation, 'version' | 'environment' | 'order'>,
): Promise<Situation> {
  const versions = await versionsOf(row.group.id, executor)
  const places = await environmentsOf(
    versions.map(({ id }) => id),
    executor,
  )
  return { row, version, environment, order, versions, places }
}

type Verdict = Omit<PromotionCheckResource, 'name'>
const passed = (detail: string): Verdict => ({ state: 'passed', detail, acceptable: false })
const failed = (detail: string, acceptable: boolean): Verdict => ({ state: 'failed', detail, acceptable })
const warning = (detail: string): Verdict => ({ state: 'warning', detail, acceptable: false })
const idle = (detail: string): Verdict => ({ state: 'not_applicable', detail, acceptable: false })

const nameOf = ({ row, version }: Situation) => `${row.group.name}@${version.major}`
const rowsText = (rows: number) => (rows === 1 ? '1 row' : `${rows.toLocaleString('en')} rows`)

function approved(situation: Situation): Verdict {
  const { state } = situation.version
  if (state === 'active') return passed('It is approved.')
  return failed(`${nameOf(situation)} is ${state.replace('_', ' ')}; only what is active is promoted.`, false)
}

/** The last environment before this one in which any version of the group that is not archived stands. */
function environmentBefore({ order, environment, versions, places }: Situation): string | null {
  const alive = new Set(versions.flatMap(({ id, state }) => (state === 'archived' ? [] : [id])))
  const earlier = order.slice(0, Math.max(0, order.indexOf(environment)))
  const stands = (name: string) => places.some((one) => one.environment === name && alive.has(one.versionId))
  return earlier.findLast(stands) ?? null
}

async function earlier(executor: Executor, situation: Situation): Promise<Verdict> {
  const before = environmentBefore(situation)
  if (before === null) return idle(`The group stands in no environment before ${situation.environment}.`)
  const stay = await stayIn(executor, situation.version, before)
  if (stay === 'served') return passed(`${before} served it first.`)
  return stay === 'rolled_back'
    ? failed(`${before} served ${nameOf(situation)} and rolled it back.`, true)
    : failed(`${before} has not served ${nameOf(situation)} yet.`, true)
}

async function tests(executor: Executor, { row, version }: Situation): Promise<Verdict> {
  const { state, at } = await testState(executor, row, version)
  if (state === 'none') return idle('It has no transformation with tests.')
  if (state === 'passed' && at !== null)
    return passed(`The tests of its transformation passed at ${isoInstant(at)}.`)
  return state === 'failed'
    ? failed('The tests of its transformation failed.', false)
    : failed('The tests of its transformation have not run on the definition as it is.', false)
}

function data(situation: Situation): Verdict {
  const { version, environment, places } = situation
  const rows = places.find((one) => one.versionId === version.id && one.environment === environment)?.rowCount
  if (rows) return passed(`${rowsText(rows)} in ${environment}.`)
  const served = servedIn(situation, environment)
  const lost = served && served.version.id !== version.id ? served.place.rowCount : 0
  return lost > 0
    ? failed(
        `It has no rows in ${environment}, where version ${served?.version.major} has ${rowsText(lost)}: its readers would find nothing.`,
        true,
      )
    : warning(`It has no rows in ${environment} yet.`)
}

async function online(executor: Executor, { version, environment }: Situation): Promise<Verdict> {
  if (!version.online) return idle('It is not kept online.')
  const waiting = await executor.$count(
    commits,
    and(
      eq(commits.versionId, version.id),
      eq(commits.environment, environment),
      inArray(commits.onlineState, ['pending', 'offline_only']),
      isNull(commits.revertedBy),
    ),
  )
  if (waiting === 0) return passed('All of its rows are online.')
  return warning(
    waiting === 1
      ? '1 commit is not online yet; it goes online as it is promoted.'
      : `${waiting} commits are not online yet; they go online as it is promoted.`,
  )
}

async function contract(executor: Executor, { version }: Situation): Promise<Verdict> {
  const open = await executor
    .select({ severity: contractBreaches.severity, where: contractBreaches.environment, breaches: count() })
    .from(contractBreaches)
    .where(and(eq(contractBreaches.versionId, version.id), isNull(contractBreaches.closedAt)))
    .groupBy(contractBreaches.severity, contractBreaches.environment)
  if (open.length === 0) return passed('No breach of its contract is open.')
  const places = open.map((one) => `${one.breaches} in ${one.where}`).join(', ')
  const detail = `Breaches of its contract are open: ${places}.`
  return open.some(({ severity }) => severity === 'fail') ? failed(detail, true) : warning(detail)
}

async function quarantine(executor: Executor, { version, environment }: Situation): Promise<Verdict> {
  const held = await executor.$count(
    quarantinedRows,
    and(
      eq(quarantinedRows.versionId, version.id),
      eq(quarantinedRows.environment, environment),
      eq(quarantinedRows.state, 'held'),
    ),
  )
  return held === 0
    ? passed('No rows are held in quarantine.')
    : warning(`${rowsText(held)} held in quarantine there.`)
}

/** Everything that is looked at before an environment serves a version, each with its verdict. */
export async function promotionChecks(
  executor: Executor,
  situation: Situation,
): Promise<PromotionCheckResource[]> {
  return [
    { name: 'approved', ...approved(situation) },
    { name: 'earlier_environment', ...(await earlier(executor, situation)) },
    { name: 'transformation_tests', ...(await tests(executor, situation)) },
    { name: 'data_present', ...data(situation) },
    { name: 'online', ...(await online(executor, situation)) },
    { name: 'contract', ...(await contract(executor, situation)) },
    { name: 'quarantine', ...(await quarantine(executor, situation)) },
  ]
}

/** What keeps a version out of an environment, beside what was accepted knowingly. */
export const barsOf = (checks: PromotionCheckResource[], accepted: readonly string[]) =>
  checks.filter((one) => one.state === 'failed' && !(one.acceptable && accepted.includes(one.name)))

/** Names of the failed checks that were accepted. */
export const acceptedOf = (checks: PromotionCheckResource[], accepted: readonly string[]): string[] =>
  checks.flatMap((one) => (one.state === 'failed' && accepted.includes(one.name) ? [one.name] : []))
