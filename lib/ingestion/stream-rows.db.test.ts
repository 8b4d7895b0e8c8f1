import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startEngineForTests } from '@/db/testing/engine'
import { DomainError } from '@/lib/core/errors'
import { registerFeatureGroup } from '@/lib/registry'
import { contextOf, groupBody, mintTeam, type TestTeam } from '@/lib/registry/testing'
import { streamRows } from '.'
import { ingestInput, readOnline } from './testing'

let engine: Awaited<ReturnType<typeof startEngineForTests>>
let team: TestTeam
beforeAll(async () => {
  engine = await startEngineForTests()
  team = await mintTeam()
})
afterAll(() => engine.stop())

const producer = () => contextOf(['producer'], team)
const line = (id: number | string) => `{"customer_id":${id},"interaction_date":"2026-05-01","num_logins":1}\n`

/** A body that breaks off, as a cut gzip does. */
async function* broken(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text)
  throw new DomainError('not_parseable', 'The body is not whole gzip data.')
}

async function streamed(group: string, bytes: AsyncIterable<Uint8Array>): Promise<Record<string, unknown>[]> {
  const input = { ...ingestInput(group, '', { contentType: 'application/x-ndjson', bytes }), commitRows: 2 }
  const answers: Record<string, unknown>[] = []
  for await (const text of await streamRows(producer(), input)) answers.push(JSON.parse(text))
  return answers
}

async function* text(whole: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(whole)
}

describe('a stream of commits', () => {
  it('is refused as a whole when its first commit is', async () => {
    const { name } = await registerFeatureGroup(producer(), groupBody())
    await expect(streamed(name, text(line(1) + line(1.5)))).rejects.toMatchObject({
      code: 'invalid',
      details: { errors: [{ row: 2, column: 'customer_id' }] },
    })
    await expect(streamed(name, broken(line(1)))).rejects.toMatchObject({ code: 'not_parseable' })
  })

  it('keeps what it answered when the body breaks off, and says so', async () => {
    const { name } = await registerFeatureGroup(producer(), groupBody())
    const answers = await streamed(name, broken([1, 2, 3].map(line).join('')))
    expect(answers).toMatchObject([
      { first_row: 1, last_row: 2, accepted: 2 },
      { accepted_before: 2, error: { code: 'not_parseable' } },
    ])
    const read = await readOnline(producer(), [`${name}:num_logins`], { customer_id: [1, 2, 3] })
    expect(read.values).toEqual([[1, 1, null]])
  })

  it('answers an empty body with no line', async () => {
    const { name } = await registerFeatureGroup(producer(), groupBody())
    expect(await streamed(name, text(''))).toEqual([])
  })
})
