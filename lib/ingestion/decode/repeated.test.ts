import { describe, expect, it } from 'vitest'
import type { RowPlan } from '../row-plan'
import { rowPlan } from '../row-plan'
import { decodeJson } from './json'
import { decodeNdjson } from './ndjson'

const int64 = { type: { kind: 'int64' }, typeText: 'int64' } as const
const plan: RowPlan = rowPlan({
  keys: [{ name: 'id', ...int64 }],
  timestampKey: 'at',
  features: [],
  inputs: [],
})

async function* bytes(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text)
}

async function faultsOf(decode: typeof decodeJson, text: string) {
  const found: string[] = []
  for await (const rows of decode(bytes(text), plan, 'refuse'))
    for (const { faults } of rows)
      for (const { row, column, rule } of faults) found.push(`${row} ${column} ${rule}`)
  return found
}

const good = '{"id":1,"at":"2026-05-01"}'
const twice = '{"id":1,"at":"2026-05-01","id":2}'

describe('a column that stands twice in its row', () => {
  it('is a fault of the row in JSON', async () => {
    expect(await faultsOf(decodeJson, `{"rows":[${good},${twice}]}`)).toEqual(['2 id duplicate_member'])
  })

  it('is a fault of the row in NDJSON', async () => {
    expect(await faultsOf(decodeNdjson, `${good}\n${twice}\n${good}`)).toEqual(['2 id duplicate_member'])
  })

  it('refuses the body when the rows themselves do', async () => {
    await expect(faultsOf(decodeJson, `{"rows":[${good}],"rows":[]}`)).rejects.toMatchObject({
      code: 'invalid',
      details: { errors: [{ pointer: '/rows', code: 'duplicate_member' }] },
    })
  })
})
