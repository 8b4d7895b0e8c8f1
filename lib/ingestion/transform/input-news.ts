import { and, eq, max, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { db } from '@/db/client'
import { commits, type InputPositions } from '@/db/schema'
import { DomainError } from '@/lib/core/errors'
import { isoOfDatabaseTime } from '@/lib/online'
import type { TableInput } from '../table/table-input'
import { recentPosition, tableNews } from '../table/table-news'
import type { News } from './plan-windows'
import type { GroupInput, Input } from './resolve-inputs'
import { fileNews, noticeFiles } from './source-files'
import { microsOf } from './window-time'

/** What the inputs hold, seen from the positions up to which a run has taken them in. */
export interface InputNews extends News {
  positions: InputPositions
  /** How far the files go; null: no input tells. */
  reach: bigint | null
}

interface OneInput extends News {
  position: string | null
  reach: bigint | null
}

const micros = (value: string | null | undefined) => (value ? microsOf(isoOfDatabaseTime(value)) : null)

/** Of a revert, the rows that it took away or brought back are what has changed. */
async function groupNews({ version }: GroupInput, after: string | null): Promise<OneInput> {
  const prefix = `${version.versionId} `
  // Another version than last time: all of it is new.
  const since = after?.startsWith(prefix) ? after.slice(prefix.length) : null
  const fresh = since === null ? sql`true` : sql`${commits.created} > ${since}::timestamptz`
  const reverted = alias(commits, 'reverted')
  const [row] = await db()
    .select({
      created: max(commits.created),
      earliest: sql<
        string | null
      >`min(coalesce(least(${commits.minEventTime}, ${commits.replacesAfter}), ${reverted.minEventTime})) filter (where ${fresh})`,
      latest: sql<
        string | null
      >`max(coalesce(greatest(${commits.maxEventTime}, ${commits.replacesUntil}), ${reverted.maxEventTime})) filter (where ${fresh})`,
    })
    .from(commits)
    .leftJoin(reverted, eq(reverted.id, commits.reverts))
    .where(and(eq(commits.versionId, version.versionId), eq(commits.environment, version.environment)))
  return {
    position: row?.created ? `${prefix}${isoOfDatabaseTime(row.created)}` : null,
    earliest: micros(row?.earliest),
    latest: micros(row?.latest),
    reach: null,
  }
}

const microsOrNull = (instant: string | null) => (instant === null ? null : microsOf(instant))

async function newsOfTable(input: TableInput, after: string | null, signal: AbortSignal): Promise<OneInput> {
  const { position, earliest, latest, reach } = await tableNews(input, after, signal)
  return {
    position,
    earliest: microsOrNull(earliest),
    latest: microsOrNull(latest),
    reach: microsOrNull(reach),
  }
}

async function newsOfInput(input: Input, after: string | null, signal: AbortSignal): Promise<OneInput> {
  if (input.kind === 'group') return groupNews(input, after)
  if (input.kind === 'table') return newsOfTable(input, after, signal)
  const files = await noticeFiles(input.name, input, signal)
  if (files === 0)
    throw new DomainError(
      'conflict',
      `The transformation cannot read source \`${input.name}\`: it has no file yet.`,
    )
  return fileNews(input.name, after)
}

const pick = (values: (bigint | null)[], better: (a: bigint, b: bigint) => boolean): bigint | null =>
  values.reduce((a, b) => (a === null || (b !== null && better(b, a)) ? b : a), null)

/** Looks at every input. Errors: conflict when a source has no file. */
export async function newsOf(
  inputs: readonly Input[],
  after: InputPositions,
  signal: AbortSignal,
): Promise<InputNews> {
  const found: (OneInput & { name: string })[] = []
  for (const input of inputs)
    found.push({ name: input.name, ...(await newsOfInput(input, after[input.name] ?? null, signal)) })
  const positions = found.flatMap(({ name, position }) => (position === null ? [] : [[name, position]]))
  return {
    positions: Object.fromEntries(positions),
    earliest: pick(
      found.map(({ earliest }) => earliest),
      (a, b) => a < b,
    ),
    latest: pick(
      found.map(({ latest }) => latest),
      (a, b) => a > b,
    ),
    // The input that lags behind decides.
    reach: pick(
      found.map(({ reach }) => reach),
      (a, b) => a < b,
    ),
  }
}

/** How far each input has come, for whoever looks every few seconds: of tables as of the last minute. */
export async function recentPositions(
  inputs: readonly Input[],
  signal: AbortSignal,
): Promise<InputPositions> {
  const { positions } = await newsOf(
    inputs.filter(({ kind }) => kind !== 'table'),
    {},
    signal,
  )
  for (const input of inputs) {
    const position = input.kind === 'table' ? await recentPosition(input, signal) : null
    if (position !== null) positions[input.name] = position
  }
  return positions
}

/** Whether an input holds what a run was not yet started for. */
export const hasNews = (now: InputPositions, attempted: InputPositions): boolean =>
  Object.entries(now).some(([name, position]) => attempted[name] !== position)
