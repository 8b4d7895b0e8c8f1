import { and, desc, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { db } from '@/db/client'
import { contractBreaches, contractVersions, featureGroups } from '@/db/schema'
import { startEngineForTests } from '@/db/testing/engine'
import { proposeContract } from '@/lib/contracts'
import { DomainError } from '@/lib/core/errors'
import { registerFeatureGroup } from '@/lib/registry'
import { contextOf, groupBody, mintName, mintTeam, type TestTeam } from '@/lib/registry/testing'
import { stageText } from '../bulk/stage-text'
import { decoders } from '../decode'
import { bytesOf, ingest } from '../testing'
import { inEveryFormat, type TestTable } from '../testing/tables'
import { runTransformation } from '../transform/run-transformation'
import { writeRows } from '../write-rows'
import { writeTarget } from '../write-target'

let engine: Awaited<ReturnType<typeof startEngineForTests>>
let team: TestTeam
beforeAll(async () => {
  engine = await startEngineForTests()
  team = await mintTeam()
})
afterAll(() => engine.stop())

const now = new Date('2026-06-01T12:00:00Z')
const producer = () => contextOf(['producer'], team, { now: () => now })

const columns: TestTable['columns'] = [
  { name: 'customer_id', kind: 'int' },
  { name: 'interaction_date', kind: 'text' },
  { name: 'low', kind: 'int' },
  { name: 'high', kind: 'int' },
  { name: 'color', kind: 'label' },
]
type Enforcement = 'strict' | 'warn'
type Cells = [key: bigint, at: string, low: bigint | null, high: bigint | null, color: string | null]

const at = '2026-06-01T08:00:00Z'
const good: Cells[] = [
  [1n, at, 1n, 2n, 'red'],
  [2n, at, 1n, 5n, 'green'],
  [3n, at, 2n, 7n, null],
]

/** What one row, or the batch, breaks, and the promise that it breaks. */
const breaks: Record<
  string,
  { rows: Cells[]; terms?: object; contract?: object; rule: string; bad: number }
> = {
  'a statement about two columns': {
    rows: [...good, [4n, at, 9n, 2n, 'red']],
    terms: { checks: [{ name: 'ordered', expression: 'low <= high' }] },
    rule: 'check:ordered',
    bad: 1,
  },
  'a statement that overflows': {
    rows: [...good, [4n, at, 4_000_000_000n, 4_000_000_000n, 'red']],
    terms: {
      checks: [
        { name: 'affordable', expression: 'low * high <= 1000000' },
        { name: 'shares_a_part', expression: 'low = 4000000000 or low * high >= -5' },
      ],
    },
    rule: 'check:affordable',
    bad: 1,
  },
  'key and time standing twice': {
    rows: [...good, [3n, at, 1n, 2n, 'red']],
    terms: { unique: [{ columns: ['customer_id', 'interaction_date'] }] },
    rule: 'unique',
    bad: 1,
  },
  'a minimum': {
    rows: [...good, [4n, at, -1n, 2n, 'red']],
    contract: { low: { min: 0 } },
    rule: 'min',
    bad: 1,
  },
  'a bound that no double holds': {
    rows: [...good, [4n, at, 1n, 9007199254740993n, 'red'], [5n, at, 1n, 9007199254740992n, 'red']],
    contract: { high: { max: '9007199254740992' } },
    rule: 'max',
    bad: 1,
  },
  'a set of values': {
    rows: [...good, [4n, at, 1n, 2n, 'blue']],
    contract: { color: { allowed: ['red', 'green'] } },
    rule: 'allowed',
    bad: 1,
  },
  'a pattern': {
    rows: [...good, [4n, at, 1n, 2n, 'Blue']],
    contract: { color: { pattern: '^[a-z]+$' } },
    rule: 'pattern',
    bad: 1,
  },
  'a pattern that the engine does not match': {
    rows: [...good, [4n, at, 1n, 2n, 'Blue']],
    contract: { color: { pattern: '^\\p{Ll}' } },
    rule: 'pattern',
    bad: 1,
  },
  'a null': { rows: good, contract: { color: { nullable: false } }, rule: 'nullable', bad: 1 },
  'a value standing twice': { rows: good, contract: { low: { unique: true } }, rule: 'unique', bad: 1 },
  'too many nulls': {
    rows: good,
    contract: { color: { max_null_share: 0.2 } },
    rule: 'max_null_share',
    bad: 0,
  },
  'too few rows': { rows: good, terms: { rows: { per_commit: { min: 4 } } }, rule: 'rows', bad: 0 },
  'too many rows': { rows: good, terms: { rows: { per_commit: { max: 2 } } }, rule: 'rows', bad: 0 },
  'rows too old': {
    rows: good,
    terms: { freshness: { max_age: 'PT3H', at_commit: true } },
    rule: 'freshness',
    bad: 0,
  },
}

const names = ['low', 'high', 'color'] as const

async function groupWith(contract: object, terms: object, enforcement: Enforcement): Promise<string> {
  const ctx = producer()
  const own: Record<string, object> = { ...contract }
  const features = names.map((name) => ({
    name,
    type: name === 'color' ? 'string' : 'int64',
    ...(own[name] ? { contract: { ...own[name], enforcement } } : {}),
  }))
  const { name } = await registerFeatureGroup(ctx, groupBody({ features }))
  await proposeContract(ctx, name, { terms: { ...terms, enforcement } })
  return name
}

async function answerOf(
  group: string,
  contentType: string,
  bytes: Uint8Array,
  mode: 'strict' | 'quarantine',
) {
  try {
    return await ingest(producer(), group, '', { contentType, bytes: bytesOf(bytes), mode })
  } catch (error) {
    if (error instanceof DomainError) return error
    throw error
  }
}

/** The breach of a group by its rule; only the newest outcome, since each test brings one about. */
const breachOf = async (group: string, rule: string) => {
  const [row] = await db()
    .select({ breach: contractBreaches })
    .from(contractBreaches)
    .innerJoin(featureGroups, eq(featureGroups.id, contractBreaches.groupId))
    .where(and(eq(featureGroups.name, group), eq(contractBreaches.rule, rule)))
    .orderBy(desc(contractBreaches.openedAt))
    .limit(1)
  return row?.breach
}

describe.each(Object.entries(breaks))(
  'a batch that breaks %s',
  (_, { rows, terms = {}, contract = {}, rule, bad }) => {
    it('is refused in every format where the contract is strict', async () => {
      const group = await groupWith(contract, terms, 'strict')
      for (const [contentType, bytes] of await inEveryFormat({ columns, rows })) {
        const refused = await answerOf(group, contentType, bytes, 'strict')
        expect(refused, contentType).toMatchObject({
          code: 'invalid',
          details: { errors: [expect.objectContaining({ rule })] },
        })
      }
      expect(await breachOf(group, rule)).toMatchObject({ outcome: 'refused', severity: 'fail' })
    })

    it('comes in with a warning in every format where the contract warns', async () => {
      const group = await groupWith(contract, terms, 'warn')
      for (const [contentType, bytes] of await inEveryFormat({ columns, rows })) {
        const answer = await answerOf(group, contentType, bytes, 'strict')
        expect(answer, contentType).toMatchObject({
          accepted: rows.length,
          warnings: [expect.objectContaining({ rule })],
        })
      }
      expect(await breachOf(group, rule)).toMatchObject({
        outcome: 'accepted',
        severity: 'warn',
        closedAt: null,
      })
    })

    it.runIf(bad > 0)('loses its bad rows to quarantine in every format', async () => {
      const group = await groupWith(contract, terms, 'strict')
      for (const [contentType, bytes] of await inEveryFormat({ columns, rows })) {
        const answer = await answerOf(group, contentType, bytes, 'quarantine')
        expect(answer, contentType).toMatchObject({
          accepted: rows.length - bad,
          quarantined: bad,
          errors: [expect.objectContaining({ rule })],
        })
      }
      expect(await breachOf(group, rule)).toMatchObject({ outcome: 'held_back', severity: 'fail' })
    })
  },
)

describe('the door', () => {
  it('lets in what keeps every term, and then ends what earlier batches broke', async () => {
    const ctx = producer()
    const group = await groupWith(
      { low: { min: 0 } },
      { checks: [{ name: 'ordered', expression: 'low <= high' }] },
      'warn',
    )
    const row = { customer_id: 1, interaction_date: at, low: 3, high: 2, color: null }
    const { warnings } = await ingest(ctx, group, [row])
    expect(warnings).toEqual([
      {
        rule: 'check:ordered',
        feature: null,
        rows: 1,
        checked: 1,
        observed: '1 of 1 row, the first is row 1',
        promised: 'low <= high',
      },
    ])
    expect(await breachOf(group, 'check:ordered')).toMatchObject({
      closedAt: null,
      commitId: expect.any(String),
    })
    expect((await ingest(ctx, group, [{ ...row, low: 1 }])).warnings).toEqual([])
    expect((await breachOf(group, 'check:ordered'))?.closedAt).not.toBeNull()
  })

  it('looks at columns together: a null makes a statement neither true nor false, and no value stand twice', async () => {
    const group = await groupWith(
      {},
      { checks: [{ name: 'ordered', expression: 'low <= high' }], unique: [{ columns: ['low', 'high'] }] },
      'strict',
    )
    const row = { customer_id: 1, interaction_date: at, low: null, high: 2, color: null }
    expect(await ingest(producer(), group, [row, { ...row, customer_id: 2 }])).toMatchObject({ accepted: 2 })
  })

  it('takes the enforcement of a term before that of its feature, which a contract of the group does not loosen', async () => {
    const ctx = producer()
    const features = [
      {
        name: 'a',
        type: 'int64',
        contract: { min: 0, max: 9, enforcement: 'warn', enforcement_by_term: { max: 'strict' } },
      },
      { name: 'b', type: 'int64', contract: { min: 0 } },
    ]
    const { name } = await registerFeatureGroup(ctx, groupBody({ features }))
    await proposeContract(ctx, name, { terms: { enforcement: 'warn' } })
    const row = { customer_id: 1, interaction_date: at, a: 1, b: 1 }
    expect(await ingest(ctx, name, [{ ...row, a: -1 }])).toMatchObject({
      warnings: [{ rule: 'min', feature: 'a' }],
    })
    await expect(ingest(ctx, name, [{ ...row, a: 10 }])).rejects.toMatchObject({ code: 'invalid' })
    await expect(ingest(ctx, name, [{ ...row, b: -1 }])).rejects.toMatchObject({ code: 'invalid' })
  })

  it.each([
    ['a statement', { checks: [{ name: 'ordered', expression: 'low <= gone' }] }],
    ['columns', { unique: [{ columns: ['low', 'gone'] }] }],
  ])('says so where %s of a contract does not fit the version', async (_, terms) => {
    const group = await groupWith({}, { rows: { per_commit: { min: 0 } } }, 'strict')
    const [own] = await db()
      .select({ id: featureGroups.id })
      .from(featureGroups)
      .where(eq(featureGroups.name, group))
    await db()
      .update(contractVersions)
      .set({ terms })
      .where(eq(contractVersions.groupId, own?.id ?? ''))
    const row = { customer_id: 1, interaction_date: at, low: 1, high: 2, color: null }
    await expect(ingest(producer(), group, [row])).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('gone'),
    })
  })

  it.each([
    ['strict', { code: 'invalid' }],
    ['warn', { accepted: 2, warnings: [{ rule: 'check:ordered', rows: 1 }] }],
  ] as const)(
    'stands before long bodies too, which the engine reads by itself (%s)',
    async (enforcement, expected) => {
      const ctx = producer()
      const group = await groupWith(
        {},
        { checks: [{ name: 'ordered', expression: 'low <= high' }] },
        enforcement,
      )
      const body = `customer_id,interaction_date,low,high,color\n1,${at},1,2,red\n2,${at},3,2,red\n`
      const decode = decoders.get('text/csv')
      if (!decode) throw new Error('CSV has no decoder')
      const target = await writeTarget(ctx, { group }, 'both')
      const written = writeRows(ctx, {
        target,
        kind: 'ingest',
        mode: 'strict',
        to: 'both',
        stage: (options) =>
          stageText({ ...options, unknown: 'refuse', bulkBytes: 1 }, 'csv', decode, bytesOf(body)),
      }).catch((error: unknown) => error)
      expect(await written).toMatchObject(expected)
    },
  )

  it.each([
    ['strict', { code: 'invalid' }],
    ['warn', { rows: 2 }],
  ] as const)('stands before the rows of a transformation (%s)', async (enforcement, expected) => {
    const ctx = producer()
    const source = await groupWith({}, {}, 'warn')
    await ingest(ctx, source, [
      { customer_id: 1, interaction_date: at, low: 1, high: 2, color: null },
      { customer_id: 2, interaction_date: at, low: 3, high: 2, color: null },
    ])
    const { name } = await registerFeatureGroup(
      ctx,
      groupBody({
        name: mintName('spread'),
        owner_team: team.name,
        transformation: {
          sql: `select customer_id, interaction_date, low, high from ${source}`,
          inputs: [source],
        },
        features: [
          { name: 'low', type: 'int64' },
          { name: 'high', type: 'int64' },
        ],
      }),
    )
    const checks = [{ name: 'ordered', expression: 'low <= high' }]
    await proposeContract(ctx, name, { terms: { checks, enforcement } })
    const run = runTransformation(ctx, { group: name }, { to: '2026-06-01T10:00:00Z' }).catch(
      (error: unknown) => error,
    )
    expect(await run).toMatchObject(expected)
    const outcome = enforcement === 'strict' ? 'refused' : 'accepted'
    expect(await breachOf(name, 'check:ordered')).toMatchObject({ outcome })
  })
})
