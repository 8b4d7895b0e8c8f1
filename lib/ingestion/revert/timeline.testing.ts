import { text } from 'node:stream/consumers'
import fc from 'fast-check'
import { expect } from 'vitest'
import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import { formatTimestamp } from '@/lib/core/feature-type'
import { parseJson } from '@/lib/core/json'
import { historyOf, offlineStore } from '@/lib/offline'
import { registerFeatureGroup, resolveVersion } from '@/lib/registry'
import { contextOf, groupBody, type TestTeam } from '@/lib/registry/testing'
import { applyDueRows } from '../due-rows'
import { listCommits } from '../list-commits'
import { runMaterialization } from '../materialize/run-materialization'
import { ingest, readOnline } from '../testing'
import { revertCommit } from './revert-commit'

/** One row as the oracle keeps it. */
export interface Row {
  key: number
  /** Microseconds. */
  at: bigint
  value: number | null
  deleted: boolean
  /** It was materialized while the others of its commit wait. */
  online?: boolean
}

interface Commit {
  id: string
  created: bigint
  rows: Row[]
  toOnline: boolean
  /** Index of the commit that it reverts. */
  reverts: number | null
  revertedBy: number | null
  /** Spans in which its rows are hidden. */
  hidden: { from: bigint; to: bigint | null }[]
}

export type Step =
  | {
      kind: 'ingest'
      rows: { key: number; second: number; value: number | null; deleted: boolean }[]
      offline: boolean
    }
  | { kind: 'revert'; which: number }
  | { kind: 'wait'; seconds: number }
  | { kind: 'materialize'; span: { from: number; to: number } | null }
  | { kind: 'other'; which: number }

const start = 1_780_272_000_000_000n
const second = 1_000_000n
const keys = [1, 2, 3]

const row = fc.record({
  key: fc.constantFrom(...keys),
  second: fc.integer({ min: -6, max: 14 }),
  value: fc.option(fc.integer({ min: 0, max: 99 })),
  deleted: fc.boolean().map((deleted) => deleted && true),
})

/** Few keys and few instants, so that ties, late rows, rows of the future and reverted tombstones meet. */
export const steps = (other: boolean): fc.Arbitrary<Step[]> =>
  fc.array(
    fc.oneof(
      {
        weight: 5,
        arbitrary: fc.record({
          kind: fc.constant('ingest' as const),
          rows: fc.array(row, { minLength: 1, maxLength: 5 }),
          offline: fc.integer({ min: 0, max: 3 }).map((one) => one === 0),
        }),
      },
      {
        weight: 4,
        arbitrary: fc.record({ kind: fc.constant('revert' as const), which: fc.nat({ max: 7 }) }),
      },
      {
        weight: 1,
        arbitrary: fc.record({
          kind: fc.constant('wait' as const),
          seconds: fc.integer({ min: 1, max: 5 }),
        }),
      },
      {
        weight: 2,
        arbitrary: fc.record({
          kind: fc.constant('materialize' as const),
          span: fc.option(
            fc
              .tuple(fc.integer({ min: -6, max: 14 }), fc.integer({ min: -6, max: 14 }))
              .map(([a, b]) => ({ from: Math.min(a, b), to: Math.max(a, b) })),
            { freq: 3 },
          ),
        }),
      },
      ...(other
        ? [
            {
              weight: 2,
              arbitrary: fc.record({ kind: fc.constant('other' as const), which: fc.nat({ max: 1 }) }),
            },
          ]
        : []),
    ),
    { minLength: 3, maxLength: 12 },
  )

const wins = (a: Row & { created: bigint }, b: (Row & { created: bigint }) | undefined): boolean => {
  if (!b || a.at !== b.at) return !b || a.at > b.at
  if (a.deleted !== b.deleted) return a.deleted
  return a.created >= b.created
}

/** A group beside a plain list of everything that happened to it. */
export class Timeline {
  private now = start
  readonly commits: Commit[] = []

  private constructor(
    private readonly team: TestTeam,
    readonly group: string,
  ) {}

  static async create(team: TestTeam): Promise<Timeline> {
    const ctx = contextOf(['producer'], team)
    return new Timeline(team, (await registerFeatureGroup(ctx, groupBody())).name)
  }

  context(): Context {
    const at = new Date(Number(this.now / 1000n))
    return contextOf(['producer'], this.team, { now: () => at })
  }

  version() {
    return resolveVersion(this.context(), { group: this.group })
  }

  /** Does one step; `other` is whatever must not change a single answer. */
  async step(step: Step, other: (which: number) => Promise<void>): Promise<void> {
    this.now += second
    if (step.kind === 'ingest') await this.ingest(step)
    else if (step.kind === 'revert') await this.revert(step.which % Math.max(1, this.commits.length))
    else if (step.kind === 'wait') this.now += BigInt(step.seconds) * second
    else if (step.kind === 'materialize') await this.materialize(step.span)
    else await other(step.which)
    await applyDueRows(this.context().now())
  }

  private async ingest({ rows, offline }: Extract<Step, { kind: 'ingest' }>): Promise<void> {
    const own = rows.map(({ second: at, ...one }) => ({ ...one, at: start + BigInt(at) * second }))
    const body = own.map(({ key, at, value, deleted }) => ({
      customer_id: key,
      interaction_date: formatTimestamp(at),
      ...(deleted ? { _op: 'delete' } : { num_logins: value }),
    }))
    const answer = await ingest(this.context(), this.group, body, offline ? { to: 'offline' } : {})
    this.add(answer.commit ?? '', answer.created ?? '', own, !offline, null)
  }

  private add(id: string, created: string, rows: Row[], toOnline: boolean, reverts: number | null): void {
    const micros = BigInt(Date.parse(created)) * 1000n + BigInt(created.slice(23, 26))
    this.commits.push({ id, created: micros, rows, toOnline, reverts, revertedBy: null, hidden: [] })
  }

  /** Every commit in force; one that is reverted goes on waiting, in case that it comes back. */
  async materialize(span: { from: number; to: number } | null = null): Promise<void> {
    const { groupName: group, major: version, environment } = await this.version()
    const first = span && start + BigInt(span.from) * second
    const last = span && start + BigInt(span.to) * second
    const [from, to] = [first, last].map((at) => (at === null ? null : formatTimestamp(at)))
    const input = { group, version, environment, from: from ?? null, to: to ?? null }
    await runMaterialization({ ctx: this.context(), input, progress: async () => {}, log: async () => {} })
    const within = ({ at }: Row) => (first === null || at >= first) && (last === null || at <= last)
    for (const commit of this.commits) {
      if (commit.revertedBy !== null) continue
      if (commit.rows.every(within)) commit.toOnline = true
      else for (const one of commit.rows) if (within(one) && one.at <= this.now) one.online = true
    }
  }

  /** Takes over what others did to the group at the same time, in the order in which it was committed. */
  async adopt(rowsOf: ReadonlyMap<string, Row[]>): Promise<void> {
    const { data } = await listCommits(this.context(), { group: this.group, limit: 200 })
    const ordered = data.toReversed()
    const indexOf = new Map(ordered.map(({ id }, index) => [id, index]))
    this.commits.length = 0
    for (const { id, created, online, reverts } of ordered)
      this.add(
        id,
        created,
        rowsOf.get(id) ?? [],
        online === 'done',
        reverts ? (indexOf.get(reverts.id) ?? null) : null,
      )
    ordered.forEach(({ reverted_by }, index) => {
      const commit = this.commits[index]
      if (commit && reverted_by) commit.revertedBy = indexOf.get(reverted_by.id) ?? null
    })
    for (const { created, reverts, revertedBy } of this.commits) {
      const target = reverts === null ? undefined : this.commits[reverts]
      if (target?.reverts !== null) continue
      const to = revertedBy === null ? null : (this.commits[revertedBy]?.created ?? null)
      target.hidden.push({ from: created, to })
    }
  }

  private async revert(which: number): Promise<void> {
    const commit = this.commits[which]
    if (!commit) return
    const target = commit.reverts === null ? commit : this.commits[commit.reverts]
    const refused = commit.revertedBy !== null || target?.reverts !== null
    const act = revertCommit(this.context(), {
      group: this.group,
      id: commit.id,
      body: { reason: 'It was wrong.' },
    })
    if (refused) {
      const error = await act.catch((failure: unknown) => failure)
      expect(error).toBeInstanceOf(DomainError)
      expect(error).toMatchObject({ code: 'conflict' })
      return
    }
    const made = await act
    commit.revertedBy = this.commits.length
    this.add(made.id, made.created, [], true, which)
    const created = this.commits.at(-1)?.created ?? 0n
    if (commit.reverts === null) commit.hidden.push({ from: created, to: null })
    else {
      const span = target?.hidden.at(-1)
      if (span) span.to = created
      if (target) target.revertedBy = null
    }
  }

  private isKnown({ created, hidden }: Commit, at: bigint): boolean {
    return created <= at && !hidden.some(({ from, to }) => from <= at && (to === null || to > at))
  }

  /** `created` of any commit, or an instant beside it. */
  instants(): (bigint | null)[] {
    return [null, ...this.commits.flatMap(({ created }) => [created - 1n, created])]
  }

  /** What the history says at an instant, by a loop. */
  expectedHistory(knownAt: bigint | null): unknown[][] {
    const rows = this.commits.flatMap((commit) =>
      this.isKnown(commit, knownAt ?? 2n ** 62n)
        ? commit.rows.map((one, index) => ({ ...one, commit, number: index + 1 }))
        : [],
    )
    const kept = rows.filter(({ deleted }) => !deleted)
    kept.sort(
      (a, b) =>
        Number(a.at - b.at) ||
        a.key - b.key ||
        Number(a.commit.created - b.commit.created) ||
        a.number - b.number,
    )
    return kept.map(({ key, at, value, commit, number }) => [
      key,
      formatTimestamp(at),
      value,
      formatTimestamp(commit.created),
      commit.id,
      number,
    ])
  }

  async actualHistory(knownAtMicros: bigint | null): Promise<unknown[][]> {
    const answer = offlineStore().range({
      history: await historyOf(await this.version()),
      features: ['num_logins'],
      startMicros: null,
      endMicros: null,
      latest: false,
      knownAtMicros,
      systemColumns: true,
      limit: null,
    })
    // Of this form when the format is JSON.
    const { rows } = parseJson(await text(await answer.open('json'))) as { rows: Record<string, unknown>[] }
    return rows.map((one) => [
      one.customer_id,
      one.interaction_date,
      one.num_logins,
      one._created,
      one._commit,
      one._row,
    ])
  }

  expectedOnline(): (string | number | null)[][] {
    return keys.map((key) => {
      let winner: (Row & { created: bigint }) | undefined
      for (const commit of this.commits) {
        if (!this.isKnown(commit, 2n ** 62n)) continue
        for (const one of commit.rows) {
          if (!commit.toOnline && !one.online) continue
          const candidate = { ...one, created: commit.created }
          if (one.key === key && one.at <= this.now && wins(candidate, winner)) winner = candidate
        }
      }
      if (!winner || winner.deleted) return ['NOT_FOUND', null, null]
      return [winner.value === null ? 'NULL_VALUE' : 'PRESENT', winner.value, formatTimestamp(winner.at)]
    })
  }

  async actualOnline(): Promise<unknown[][]> {
    const read = await readOnline(this.context(), [`${this.group}:num_logins`], { customer_id: keys })
    return keys.map((_, index) => [
      read.statuses[0]?.[index],
      read.values[0]?.[index],
      read.event_times[0]?.[index],
    ])
  }

  /** Each key at each second, and one past them all. */
  private spine(): { key: number; at: bigint }[] {
    const seconds = [-6, -1, 0, 3, 8, 14, 60]
    return keys.flatMap((key) => seconds.map((one) => ({ key, at: start + BigInt(one) * second })))
  }

  expectedJoin(knownAt: bigint | 'event' | null): (number | null)[] {
    return this.spine().map(({ key, at }) => {
      const known = knownAt === 'event' ? at : (knownAt ?? 2n ** 62n)
      let winner: (Row & { created: bigint }) | undefined
      for (const commit of this.commits) {
        if (!this.isKnown(commit, known)) continue
        for (const one of commit.rows) {
          const candidate = { ...one, created: commit.created }
          if (one.key === key && one.at <= at && wins(candidate, winner)) winner = candidate
        }
      }
      return winner && !winner.deleted ? winner.value : null
    })
  }

  async actualJoin(knownAt: bigint | 'event' | null): Promise<unknown[]> {
    const spine = await offlineStore().stageSpine({
      rows: this.spine().map(({ key, at }) => ({ customer_id: key, at: formatTimestamp(at) })),
      timestampColumn: 'at',
      keys: [{ name: 'customer_id', type: { kind: 'int64' } }],
    })
    const answer = offlineStore().join({
      spine,
      groups: [
        {
          history: await historyOf(await this.version()),
          keys: { customer_id: 'customer_id' },
          ttlSeconds: null,
          sourceDelaySeconds: 0,
        },
      ],
      outputs: [{ group: 0, feature: 'num_logins', as: 'num_logins' }],
      knownAt,
    })
    // Of this form when the format is JSON.
    const { rows } = parseJson(await text(await answer.open('json'))) as { rows: Record<string, unknown>[] }
    await spine.dispose()
    return rows.map((one) => one.num_logins)
  }
}
