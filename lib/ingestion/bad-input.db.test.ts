import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { db } from '@/db/client'
import { commits } from '@/db/schema'
import { startEngineForTests } from '@/db/testing/engine'
import { DomainError } from '@/lib/core/errors'
import { registerFeatureGroup } from '@/lib/registry'
import { contextOf, groupBody, mintTeam, type TestTeam } from '@/lib/registry/testing'
import { ingest } from './testing'

let engine: Awaited<ReturnType<typeof startEngineForTests>>
let team: TestTeam
let group: string
beforeAll(async () => {
  engine = await startEngineForTests()
  team = await mintTeam()
  const body = groupBody({
    features: [
      { name: 'num_logins', type: 'int64', contract: { min: 0, max: 1000 } },
      { name: 'ratio', type: 'float32' },
      { name: 'plan', type: 'string', contract: { allowed: ['free', 'paid'] } },
      { name: 'code', type: 'string', contract: { pattern: '^[A-Z]{2}$' } },
      { name: 'price', type: 'decimal(6,2)' },
      { name: 'tags', type: 'array<string>' },
      { name: 'token', type: 'string', contract: { unique: true } },
      { name: 'must', type: 'bool', contract: { nullable: false } },
      { name: 'constructor', type: 'int32' },
    ],
  })
  group = (await registerFeatureGroup(contextOf(['producer'], team), body)).name
})
afterAll(() => engine.stop())

const producer = () => contextOf(['producer'], team)
const csv = 'text/csv'
const ndjson = 'application/x-ndjson'
const good = '"customer_id":1,"interaction_date":"2026-03-01","must":true'

interface Refusal {
  code: string
  message: string
  first: unknown
  extensions: unknown
}

async function refused(body: string | Uint8Array, contentType = 'application/json'): Promise<Refusal> {
  const before = await db().$count(commits)
  const failure = await ingest(producer(), group, typeof body === 'string' ? body : '', {
    contentType,
    ...(typeof body === 'string'
      ? {}
      : {
          bytes: (async function* () {
            yield body
          })(),
        }),
  }).then(
    (answer) => answer,
    (error: unknown) => error,
  )
  if (!(failure instanceof DomainError)) throw new Error(`Not refused: ${JSON.stringify(failure)}`)
  expect(await db().$count(commits)).toBe(before)
  return {
    code: failure.code,
    message: failure.message,
    first: failure.details.errors?.[0],
    extensions: failure.details.extensions,
  }
}

const row = (cells: string) => `{"rows":[{${good}},{${cells}}]}`
const second = (column: string, rule: string) => ({ row: 2, column, rule, pointer: `/rows/1/${column}` })

describe('a bad row is named by row and column', () => {
  it.each([
    ['a fraction for an integer', row(`${good},"num_logins":1.5`), second('num_logins', 'integral')],
    ['a text for an integer', row(`${good},"num_logins":"many"`), second('num_logins', 'type')],
    [
      'an integer out of range',
      row(`${good},"num_logins":9223372036854775808`),
      second('num_logins', 'range'),
    ],
    ['a value below the contract', row(`${good},"num_logins":-1`), second('num_logins', 'min')],
    ['a value above the contract', row(`${good},"num_logins":1001`), second('num_logins', 'max')],
    ['a value outside its set', row(`${good},"plan":"Free"`), second('plan', 'allowed')],
    ['a text outside its pattern', row(`${good},"code":"abc"`), second('code', 'pattern')],
    ['a decimal with too many digits', row(`${good},"price":1.005`), second('price', 'precision')],
    ['an array with a wrong element', row(`${good},"tags":["a",1]`), second('tags', 'type')],
    ['U+0000', row(`${good},"plan":"a\\u0000"`), second('plan', 'nul_character')],
    [
      'a null that is not allowed',
      row('"customer_id":2,"interaction_date":"2026-03-01"'),
      second('must', 'nullable'),
    ],
    ['a missing key', row('"interaction_date":"2026-03-01","must":true'), second('customer_id', 'required')],
    [
      'a null key',
      row('"customer_id":null,"interaction_date":"2026-03-01","must":true'),
      second('customer_id', 'required'),
    ],
    ['a missing event time', row('"customer_id":2,"must":true'), second('interaction_date', 'required')],
    [
      'an event time in another format',
      row('"customer_id":2,"interaction_date":"01/03/2026","must":true'),
      second('interaction_date', 'type'),
    ],
    [
      'an event time as a number',
      row('"customer_id":2,"interaction_date":1772323200,"must":true'),
      second('interaction_date', 'type'),
    ],
    [
      'a day that does not exist',
      row('"customer_id":2,"interaction_date":"2026-02-30","must":true'),
      second('interaction_date', 'range'),
    ],
    [
      'an event time far in the future',
      row('"customer_id":2,"interaction_date":"2999-01-01","must":true'),
      second('interaction_date', 'future'),
    ],
    ['an undeclared column', row(`${good},"num_login":1`), second('num_login', 'unknown_column')],
    ['__proto__ as a column', row(`${good},"__proto__":1`), second('__proto__', 'unknown_column')],
    ['an operation that is none', row(`${good},"_op":"drop"`), second('_op', 'operation')],
    [
      'a value twice in a unique column',
      `{"rows":[{${good},"token":"x"},{${good},"token":"x"}]}`,
      second('token', 'unique'),
    ],
  ])('JSON: %s', async (_, body, fault) => {
    const refusal = await refused(body)
    expect(refusal).toMatchObject({ code: 'invalid', first: fault, extensions: { accepted: 0, rejected: 1 } })
    expect(refusal.message).toContain(`row 2, ${fault.column}`)
  })

  const header = 'customer_id,interaction_date,must,num_logins,plan,tags\n'
  it.each([
    ['an integer', `${header}1,2026-03-01,true,,,\n2,2026-03-01,true,x,,\n`, second('num_logins', 'type')],
    [
      'blanks around a number',
      `${header}1,2026-03-01,true,,,\n2,2026-03-01,true, 5,,\n`,
      second('num_logins', 'type'),
    ],
    [
      'an empty text for an integer',
      `${header}1,2026-03-01,true,,,\n2,2026-03-01,true,"",,\n`,
      second('num_logins', 'type'),
    ],
    [
      'an array that is no JSON',
      `${header}1,2026-03-01,true,,,\n2,2026-03-01,true,,,[a]\n`,
      second('tags', 'type'),
    ],
    ['too many cells', `${header}1,2026-03-01,true,,,\n2,2026-03-01,true,,,,9\n`, { row: 2, rule: 'cells' }],
    [
      'too few cells',
      `${header}1,2026-03-01,true,,,\n2,2026-03-01,true\n`,
      { row: 2, column: 'num_logins', rule: 'cells' },
    ],
    ['a null key', `${header}1,2026-03-01,true,,,\n,2026-03-01,true,,,\n`, second('customer_id', 'required')],
  ])('CSV: %s', async (_, body, fault) => {
    expect(await refused(body, csv)).toMatchObject({ code: 'invalid', first: fault })
  })

  it.each([
    [
      'an unknown column',
      'customer_id,interaction_date,must,mystery\n',
      { column: 'mystery', rule: 'unknown_column' },
    ],
    [
      'a column twice',
      'customer_id,interaction_date,must,must\n',
      { column: 'must', rule: 'duplicate_column' },
    ],
    ['a missing key', 'interaction_date,must\n', { column: 'customer_id', rule: 'missing_column' }],
    ['a missing event time', 'customer_id,must\n', { column: 'interaction_date', rule: 'missing_column' }],
  ])('a CSV header with %s', async (_, body, fault) => {
    expect(await refused(`${body}1,2026-03-01,true,x\n`, csv)).toMatchObject({
      code: 'invalid',
      first: fault,
    })
  })

  it.each([
    ['a line that is no JSON', `{${good}}\n{"customer_id":2,\n`, { row: 2, rule: 'json' }],
    ['a line that is no object', `{${good}}\n[1]\n`, { row: 2, rule: 'object' }],
    ['a wrong value', `{${good}}\n\n{${good},"num_logins":1.5}`, second('num_logins', 'integral')],
  ])('NDJSON: %s', async (_, body, fault) => {
    expect(await refused(body, ndjson)).toMatchObject({ code: 'invalid', first: fault })
  })
})

describe('a bad body is named', () => {
  it.each([
    ['no JSON', '{"rows":[', 'application/json', 'not_parseable'],
    ['no object', '[1]', 'application/json', 'invalid'],
    ['no rows', '{"row":[]}', 'application/json', 'invalid'],
    ['rows that are none', '{"rows":{}}', 'application/json', 'invalid'],
    ['an open quote', 'customer_id,interaction_date,must\n1,"2026', csv, 'not_parseable'],
    ['an empty CSV', '', csv, 'invalid'],
    ['another type', 'x', 'application/xml', 'unsupported_media_type'],
    ['bytes that are not UTF-8', new Uint8Array([0x7b, 0xff, 0x7d]), 'application/json', 'not_parseable'],
    ['no Parquet', 'PAR1 not', 'application/vnd.apache.parquet', 'not_parseable'],
  ])('%s', async (_, body, contentType, code) => {
    expect((await refused(body, contentType)).code).toBe(code)
  })

  it('bytes that are not UTF-8 in a line are a fault of their row', async () => {
    const bytes = Buffer.concat([
      Buffer.from(`{${good}}\n{"plan":"`),
      Buffer.from([0xff]),
      Buffer.from('"}\n'),
    ])
    expect(await refused(bytes, ndjson)).toMatchObject({ first: { row: 2, rule: 'encoding' } })
  })
})

describe('counts', () => {
  it('lists the first hundred faults and counts all', async () => {
    const rows = Array.from({ length: 250 }, () => `{${good},"num_logins":-1}`).join(',')
    const failure = await ingest(producer(), group, `{"rows":[${rows}]}`).catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(DomainError)
    if (!(failure instanceof DomainError)) return
    expect(failure.details.errors).toHaveLength(100)
    expect(failure.details.extensions).toMatchObject({ rejected: 250 })
  })

  it('answers an empty batch with nothing', async () => {
    expect(await ingest(producer(), group, '{"rows":[]}')).toMatchObject({ commit: null, accepted: 0 })
  })
})
