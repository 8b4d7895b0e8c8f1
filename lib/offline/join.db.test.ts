import { text } from 'node:stream/consumers'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { formatTimestamp, toFragment } from '@/lib/core/feature-type'
import { bundlePath } from '@/scripts/lib/bundle.mjs'
import { type EngineProcess, startEngine } from './engine-supervisor'
import { offlineStore } from './index'
import {
  arbitraryGroup,
  arbitraryKnownAt,
  arbitrarySpine,
  historyOf,
  type OracleGroup,
  oracleValues,
} from './join.testing'
import type { Column, JoinRequest } from './port'

let engine: EngineProcess
beforeAll(async () => {
  engine = await startEngine({ bundle: bundlePath('engine') })
})
afterAll(() => engine.stop())

const spineColumns: Column[] = [
  { name: 'id', type: { kind: 'int64' } },
  { name: 'place', type: { kind: 'string' } },
]

const stage = (rows: { micros: bigint; id: bigint | null; place: string | null }[]) =>
  offlineStore().stageSpine({
    rows: rows.map(({ micros, ...keys }, n) => ({ rid: n, ...keys, time: formatTimestamp(micros) })),
    timestampColumn: 'time',
    keys: spineColumns,
  })

async function request(groups: OracleGroup[], spine: JoinRequest['spine']): Promise<JoinRequest> {
  const joined = []
  for (const group of groups) {
    const keys = Object.fromEntries(group.schema.keys.map(({ name }) => [name, name]))
    joined.push({ ...group, history: await historyOf(group), keys })
  }
  const outputs = groups.flatMap((group, index) =>
    group.schema.features.map(({ name }) => ({ group: index, feature: name, as: `${name}_${index}` })),
  )
  // Asked in another order than declared.
  return { spine, groups: joined, outputs: outputs.reverse(), knownAt: null }
}

describe('point-in-time join', () => {
  it('equals a loop over all rows, for any history', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(arbitraryGroup, { minLength: 1, maxLength: 2 }),
        arbitrarySpine,
        arbitraryKnownAt,
        async (groups, rows, knownAt) => {
          const spine = await stage(rows)
          const asked = { ...(await request(groups, spine)), knownAt }
          const answer = await offlineStore().join(asked).open('ndjson')
          const lines = (await text(answer)).split('\n').slice(0, -1)
          const expected = rows.map((row, n) => {
            const values = groups.flatMap((group, index) => {
              const key = group.schema.keys.map(({ name }) => (name === 'id' ? row.id : row.place))
              const found = oracleValues(group, { micros: row.micros, key }, knownAt)
              return group.schema.features.map(
                ({ name, type }, i) => `"${name}_${index}":${toFragment(type, found[i] ?? null)}`,
              )
            })
            const place = row.place === null ? 'null' : `"${row.place}"`
            const own = `"rid":${n},"id":${row.id},"place":${place},"time":"${formatTimestamp(row.micros)}"`
            return `{${own},${values.reverse().join(',')}}`
          })
          expect(lines).toEqual(expected)
        },
      ),
      { numRuns: 150 },
    )
  }, 180_000)
})
