import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DomainError, invalidField } from '@/lib/core/errors'
import { parseJsonRepeated } from '@/lib/core/json'
import { type RawRow, rawRowOfObject } from '../raw-row'
import { rowPlan } from '../row-plan'
import { decodeJson } from './json'

const int64 = { type: { kind: 'int64' }, typeText: 'int64' } as const
const plan = rowPlan({ keys: [{ name: 'id', ...int64 }], timestampKey: 'at', features: [], inputs: [] })

/** The document parsed whole: what streaming must not differ from. */
function whole(body: Uint8Array): RawRow[] {
  const parsed = parseJsonRepeated(textOf(body))
  const { value } = parsed
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw invalidField('', 'The body is an object: {"rows": [{…}, …]}.', 'object')
  for (const name of Object.keys(value))
    if (name !== 'rows')
      throw invalidField(
        `/${name}`,
        `\`${name}\` is not a known member; the rows stand in \`rows\`.`,
        'unknown_member',
      )
  if (!('rows' in value) || !Array.isArray(value.rows))
    throw invalidField('/rows', '`rows` must be an array of objects.', 'array')
  const repeated = new Map<number, string[]>()
  for (const [member, row, column] of parsed.repeated) {
    if (typeof row !== 'number')
      throw invalidField(`/${member}`, `\`${member}\` stands twice in the body.`, 'duplicate_member')
    repeated.set(row, [...(repeated.get(row) ?? []), String(column)])
  }
  return value.rows.map((row, index) =>
    rawRowOfObject(plan, 'refuse', row, index + 1, repeated.get(index) ?? []),
  )
}

function textOf(body: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body)
  } catch {
    throw new DomainError('not_parseable', 'The body is not UTF-8 text.')
  }
}

async function* cut(body: Uint8Array, sizes: readonly number[]) {
  for (let at = 0, piece = 0; at < body.length; piece++) {
    const size = sizes[piece % sizes.length] ?? 1
    yield body.subarray(at, at + size)
    at += size
  }
}

const plain = (rows: RawRow[]) => rows.map(({ source, ...row }) => ({ ...row, source: source() }))
const refusal = (error: unknown) => {
  if (!(error instanceof DomainError)) throw error
  return { code: error.code, message: error.message, details: error.details }
}

async function streamed(body: Uint8Array, sizes: readonly number[]) {
  const rows: RawRow[] = []
  try {
    for await (const batch of decodeJson(cut(body, sizes), plan, 'refuse')) rows.push(...batch)
  } catch (error) {
    return refusal(error)
  }
  return plain(rows)
}

function atOnce(body: Uint8Array) {
  try {
    return plain(whole(body))
  } catch (error) {
    return refusal(error)
  }
}

const space = fc.constantFrom('', '', '', ' ', '\n', '\r\n\t')
const string = fc
  .array(
    fc.constantFrom('a', 'rows', '{', '}', '[', ']', ',', ':', '\\"', '\\\\', '\\u0041', 'ä', '😀', '0'),
    { maxLength: 4 },
  )
  .map((parts) => `"${parts.join('')}"`)
const number = fc.constantFrom('0', '-1', '1.5', '9007199254740993', '0.1000000000000000055', '1e400', '12e5')
const { value } = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    string,
    number,
    fc.constantFrom('true', 'null'),
    fc.array(tie('value'), { maxLength: 3 }).map((items) => `[${items.join(' ,')}]`),
    object(tie('value')),
  ),
}))

function object(item: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const name = fc.oneof(fc.constantFrom('"id"', '"at"', '"__proto__"', '"i\\u0064"'), string)
  return fc
    .array(fc.tuple(space, name, space, item), { maxLength: 4 })
    .map((members) => `{${members.map(([a, key, b, text]) => `${a}${key}${b}:${text}`).join(',')}}`)
}

const rows = fc
  .array(fc.tuple(space, fc.oneof(object(value), object(value), value), space), { maxLength: 6 })
  .map((items) => `[${items.map((parts) => parts.join('')).join(',')}]`)
const member = fc.oneof(
  { weight: 8, arbitrary: rows.map((text) => `"rows":${text}`) },
  { weight: 1, arbitrary: rows.map((text) => ` "r\\u006fws" :\n${text}`) },
  { weight: 1, arbitrary: value.map((text) => `"rows":${text}`) },
  { weight: 1, arbitrary: fc.tuple(string, value).map((parts) => parts.join(': ')) },
)
const document = fc.oneof(
  { weight: 8, arbitrary: fc.tuple(space, member, space).map(([a, one, b]) => `${a}{${one}${b}}${a}`) },
  {
    weight: 2,
    arbitrary: fc.array(member, { maxLength: 3 }).map((members) => `\ufeff{${members.join(',')}}`),
  },
  { weight: 1, arbitrary: value },
)

/** One thing that is wrong with a text: characters taken out or put in somewhere, or its end. */
const wrong = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.constantFrom(0, 0, 1, 1, 2, 10_000),
  put: fc.constantFrom(
    '',
    '',
    ',',
    ']',
    '}',
    '{',
    '[',
    '"',
    '\\',
    ':',
    'x',
    '1',
    '\n',
    '\ufeff',
    '['.repeat(101),
  ),
})
type Wrong = typeof wrong extends fc.Arbitrary<infer T> ? T : never
function broken(text: string, faults: readonly Wrong[]): string {
  return faults.reduce((left, { at, length, put }) => {
    const start = Math.floor(at * (left.length + 1))
    return left.slice(0, start) + put + left.slice(start + length)
  }, text)
}

const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 4 })
const encoded = (text: string) => new TextEncoder().encode(text)

const faulty = [
  '{"rows":[{"id":1},]}',
  '{"rows":[,{"id":1}]}',
  '{"rows":[{"id":1},,{"id":2}]}',
  '{"rows":[\n{"id":1},\n\n{"id":1} {"id":2}]}',
  '{"rows":[{"id":1}}',
  '{"rows":[{"id":1},{"id":2]]}',
  '{"rows":[{"id":1},\n tru]}',
  '{"rows":[{"id":1},\n 1.]}',
  '{"rows":[{"id":1},\n"a\nb"]}',
  '{"rows":[{"id":1}',
  '{"rows":[{"id":1},',
  '{"rows":[{"id":1},{"id":"',
  '{"rows":[\n{"id":1}\n],\n "a" 1}',
  '{"rows":[\n{"id":1}\n]}\n]',
  '{"rows":[],"rows":[{"id":1}]}',
  '{"rows":[{"id":1}],"rows":1}',
  '{"a" 1,"rows":[{"id":1}]}',
  '{"x\\"rows":[{"id":1}]}',
  `{"rows":[{"id" 1},\n${'['.repeat(99)}`,
  '[{"rows":[{"id":1}]}]',
  '{"rows":[\r\n\ufeff]}',
  '{"rows":[{"id":1},\u00a0]}',
  '',
]

describe('a JSON body', () => {
  it.each(faulty)('%j is refused in the same words, cut anywhere', async (text) => {
    const body = encoded(text)
    const expected = atOnce(body)
    expect(expected).toHaveProperty('message')
    for (const size of [1, 2, 7, 1000]) expect(await streamed(body, [size])).toEqual(expected)
  })

  it('is read as if it were parsed whole, however it arrives', async () => {
    await fc.assert(
      fc.asyncProperty(document, sizes, async (text, pieces) => {
        const body = encoded(text)
        expect(await streamed(body, pieces)).toEqual(atOnce(body))
      }),
      { numRuns: 1500 },
    )
  })

  it('that is broken is refused in the same words, with the same place', async () => {
    await fc.assert(
      fc.asyncProperty(
        document,
        fc.array(wrong, { minLength: 1, maxLength: 2 }),
        sizes,
        async (text, faults, pieces) => {
          const body = encoded(broken(text, faults))
          expect(await streamed(body, pieces)).toEqual(atOnce(body))
        },
      ),
      { numRuns: 3000 },
    )
  })

  it('that is no UTF-8 somewhere is refused for that, whatever else is wrong', async () => {
    await fc.assert(
      fc.asyncProperty(document, wrong, fc.nat(), sizes, async (text, fault, place, pieces) => {
        const body = encoded(broken(text, [fault]))
        const bad = Uint8Array.from([...body.subarray(0, place % (body.length + 1)), 0xff, ...body])
        expect(await streamed(bad, pieces)).toMatchObject({ message: 'The body is not UTF-8 text.' })
      }),
      { numRuns: 300 },
    )
  })

  it('gives its rows before it has ended', async () => {
    let isEnded = false
    async function* slow() {
      yield encoded('{"rows":[{"id":1},')
      yield encoded('{"id":2}')
      isEnded = true
      yield encoded(']}')
    }
    const batches = decodeJson(slow(), plan, 'refuse')
    const first = await batches.next()
    expect(first.value?.map(({ row }: RawRow) => row)).toEqual([1])
    expect(isEnded).toBe(false)
    const left: number[] = []
    for await (const batch of batches) left.push(...batch.map(({ row }) => row))
    expect(left).toEqual([2])
  })
})
