import { and, eq, inArray, isNull, notInArray, sql } from 'drizzle-orm'
import type { Executor } from '@/db/client'
import { contractBreaches } from '@/db/schema'
import { newId } from '@/lib/core/ids'

/** One term that was broken. */
export interface Breach {
  rule: string
  /** A feature, or the columns of a set joined by commas; null: of the row, or of the batch. */
  feature: string | null
  outcome: 'accepted' | 'held_back' | 'refused' | 'window'
  severity: 'warn' | 'fail'
  rows: number
  /** Rows that were looked at; null: not known. */
  checked: number | null
  observed: string
  promised: string
}

export interface BreachPlace {
  groupId: string
  versionId: string
  environment: string
  /** The contract in force. */
  contract: number | null
}

/** What broke: a commit, a day's refusals, or a window. `name` keeps two of them apart. */
export interface BreachEvent {
  name: string
  at: string
  commit?: string | null
  window?: { start: string; end: string }
}

export const termOf = ({ rule, feature }: Pick<Breach, 'rule' | 'feature'>): string =>
  feature === null ? rule : `${rule} ${feature}`

type OnSame = 'count' | 'replace' | 'keep'

const updates: Record<Exclude<OnSame, 'keep'>, object> = {
  count: {
    occurrences: sql`${contractBreaches.occurrences} + 1`,
    rows: sql`${contractBreaches.rows} + excluded.rows`,
    checked: sql`${contractBreaches.checked} + excluded.checked`,
  },
  replace: { rows: sql`excluded.rows`, checked: sql`excluded.checked` },
}

/** Keeps what one event broke; the same event and term again counts up, takes its place, or is left as it was. */
export async function keepBreaches(
  executor: Executor,
  { contract, groupId, versionId, environment }: BreachPlace,
  event: BreachEvent,
  breaches: readonly Breach[],
  onSame: OnSame = 'count',
): Promise<void> {
  if (breaches.length === 0) return
  const rows = breaches.map((breach) => ({
    groupId,
    versionId,
    environment,
    ...breach,
    id: newId(Date.parse(event.at)),
    contractNumber: contract,
    term: termOf(breach),
    sameAs: `${event.name} ${termOf(breach)}`,
    commitId: event.commit ?? null,
    windowStart: event.window?.start ?? null,
    windowEnd: event.window?.end ?? null,
    openedAt: event.at,
    lastAt: event.at,
  }))
  const target = [contractBreaches.versionId, contractBreaches.environment, contractBreaches.sameAs]
  const insert = executor.insert(contractBreaches).values(rows)
  if (onSame === 'keep') await insert.onConflictDoNothing({ target })
  else
    await insert.onConflictDoUpdate({
      target,
      set: {
        ...updates[onSame],
        observed: sql`excluded.observed`,
        lastAt: sql`excluded.last_at`,
        closedAt: null,
      },
    })
}

const atTheDoor = ['accepted', 'held_back', 'refused'] as const

/** A batch that keeps a term ends what earlier ones opened; `broken`: the terms that this one breaks. */
export async function closeBreaches(
  executor: Executor,
  { versionId, environment }: Pick<BreachPlace, 'versionId' | 'environment'>,
  at: string,
  broken: readonly Pick<Breach, 'rule' | 'feature'>[],
  outcomes: readonly Breach['outcome'][] = atTheDoor,
): Promise<void> {
  await executor
    .update(contractBreaches)
    .set({ closedAt: at })
    .where(
      and(
        eq(contractBreaches.versionId, versionId),
        eq(contractBreaches.environment, environment),
        isNull(contractBreaches.closedAt),
        inArray(contractBreaches.outcome, [...outcomes]),
        broken.length > 0 ? notInArray(contractBreaches.term, broken.map(termOf)) : undefined,
      ),
    )
}
