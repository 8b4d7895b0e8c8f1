import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startEngineForTests } from '@/db/testing/engine'
import { DomainError } from '@/lib/core/errors'
import { registerFeatureGroup } from '@/lib/registry'
import { contextOf, groupBody, mintTeam, type TestTeam } from '@/lib/registry/testing'
import { type IngestInput, streamRows } from '.'
import { ingestInput, readOnline, requestWithKey } from './testing'

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
      { accepted_before: 2, not_committed_from_row: 3, error: { code: 'not_parseable' } },
    ])
    expect(answers).toHaveLength(2)
    const read = await readOnline(producer(), [`${name}:num_logins`], { customer_id: [1, 2, 3] })
    expect(read.values).toEqual([[1, 1, null]])
  })

  it('says at the end that it was all, also of an empty body', async () => {
    const { name } = await registerFeatureGroup(producer(), groupBody())
    expect(await streamed(name, text(''))).toEqual([
      { end: true, commits: 0, accepted: 0, quarantined: 0, last_row: 0 },
    ])
    expect((await streamed(name, text([1, 2, 3].map(line).join('')))).at(-1)).toEqual({
      end: true,
      commits: 2,
      accepted: 3,
      quarantined: 0,
      last_row: 3,
    })
  })

  it('tells a defect in its middle too', async () => {
    const { name } = await registerFeatureGroup(producer(), groupBody())
    async function* defective(): AsyncGenerator<Uint8Array> {
      yield Buffer.from([1, 2, 3].map(line).join(''))
      throw new TypeError('a defect')
    }
    expect(await streamed(name, defective())).toMatchObject([
      { last_row: 2 },
      { accepted_before: 2, not_committed_from_row: 3, error: { code: 'internal' } },
    ])
  })

  it('takes no Idempotency-Key and no other format, before it reads', async () => {
    const { name } = await registerFeatureGroup(producer(), groupBody())
    const asked = (over: Partial<IngestInput>) =>
      streamRows(producer(), { ...ingestInput(name, line(1), over), commitRows: 2 })
    await expect(
      asked({ contentType: 'application/x-ndjson', idempotency: requestWithKey('stream') }),
    ).rejects.toMatchObject({ code: 'invalid', details: { errors: [{ code: 'idempotency_key' }] } })
    await expect(asked({ contentType: 'text/csv' })).rejects.toMatchObject({ code: 'unsupported_media_type' })
  })

  it('goes on beside another stream into the same group, commit by commit', async () => {
    const { name } = await registerFeatureGroup(producer(), groupBody())
    const idsFrom = (first: number) => Array.from({ length: 20 }, (_, index) => first + index)
    const both = await Promise.all(
      [0, 100].map((first) => streamed(name, text(idsFrom(first).map(line).join('')))),
    )
    const commits = both.flatMap((answers) => answers.filter(({ commit }) => commit))
    expect(commits).toHaveLength(20)
    expect(new Set(commits.map(({ created }) => created)).size).toBe(20)
    const ids = [...idsFrom(0), ...idsFrom(100)]
    const read = await readOnline(producer(), [`${name}:num_logins`], { customer_id: ids })
    expect(read.values).toEqual([ids.map(() => 1)])
  })
})
