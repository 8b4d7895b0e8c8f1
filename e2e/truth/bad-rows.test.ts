import { randomBytes } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Sending } from './support/http'
import { good, groups, problemOf, registered, send, withType } from './support/product'

const json = 'application/json'
const csv = 'text/csv'
const ndjson = 'application/x-ndjson'
const parquet = 'application/vnd.apache.parquet'
const megabyte = 1024 * 1024

let group: string
let path: string
beforeAll(async () => {
  group = await registered('bad_rows', {
    features: [
      { name: 'n', type: 'int64' },
      { name: 'i', type: 'int32' },
      { name: 'f', type: 'float64' },
      { name: 'r', type: 'float32' },
      { name: 's', type: 'string' },
      { name: 'b', type: 'bool' },
      { name: 'd', type: 'decimal(10,2)' },
      { name: 'day', type: 'date' },
      { name: 'ts', type: 'timestamp' },
      { name: 'by', type: 'bytes' },
      { name: 'j', type: 'json' },
      { name: 'a', type: 'array<int64>' },
      { name: 'e', type: 'embedding<3, cosine>' },
      { name: 'constructor', type: 'int64' },
      { name: 'c', type: 'int64', contract: { min: 0, max: 9 } },
    ],
  })
  path = `${groups}/${group}/rows`
})

/** Sends it, holds that it is refused and that nothing of it is stored. */
async function refused(sending: Sending, status: number, query = '') {
  const problem = problemOf(await send('POST', path + query, sending), status)
  expect(good(await send('GET', `${groups}/${group}/commits`))).toMatchObject({ data: [] })
  return problem
}

const gzip = (body: string | Buffer, type: string): Sending =>
  withType(type, gzipSync(body), { headers: { 'content-encoding': 'gzip' } })

describe('bodies that cannot be read', () => {
  const whole = '{"rows":[{"id":1,"at":"2026-01-01T00:00:00Z"}]}'
  const bomb = Buffer.alloc(200 * megabyte, 97)
  it.each<[string, number, () => Sending]>([
    ['broken JSON', 400, () => withType(json, '{"rows":[{"id":1')],
    ['a comma too many', 400, () => withType(json, '{"rows":[{"id":1,}]}')],
    [
      'bytes that are not UTF-8 in JSON',
      400,
      () => withType(json, Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d])),
    ],
    ['a surrogate as bytes', 400, () => withType(json, Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22]))],
    ['an empty body', 400, () => withType(json, '')],
    ['no body at all', 400, () => ({})],
    ['a body that is no gzip', 400, () => withType(json, 'x', { headers: { 'content-encoding': 'gzip' } })],
    [
      'a gzip that breaks off',
      400,
      () => withType(json, gzipSync(whole).subarray(0, 30), { headers: { 'content-encoding': 'gzip' } }),
    ],
    [
      'a gzip with more behind it',
      400,
      () =>
        withType(json, Buffer.concat([gzipSync(whole), Buffer.from('tail')]), {
          headers: { 'content-encoding': 'gzip' },
        }),
    ],
    ['a gzip bomb as JSON', 413, () => gzip(bomb, json)],
    ['a gzip bomb as one CSV cell', 413, () => gzip(bomb, csv)],
    ['a gzip bomb as one line of NDJSON', 413, () => gzip(bomb, ndjson)],
    ['an unknown encoding', 415, () => withType(json, whole, { headers: { 'content-encoding': 'br' } })],
    ['a type that is not read', 415, () => withType('application/pdf', '%PDF')],
    ['a form', 415, () => withType('application/x-www-form-urlencoded', 'a=1')],
    ['100,000 brackets', 413, () => withType(json, '['.repeat(100_000))],
    [
      'a value nested 100 levels deep',
      413,
      () => withType(json, `{"rows":[{"id":1,"at":"2026-01-01","j":${'['.repeat(100)}${']'.repeat(100)}}]}`),
    ],
    ['a list instead of an object', 422, () => withType(json, '[]')],
    ['null', 422, () => withType(json, 'null')],
    ['no rows', 422, () => withType(json, '{}')],
    ['rows that are none', 422, () => withType(json, '{"rows":{}}')],
    ['an unknown member', 422, () => withType(json, '{"rows":[],"row":[]}')],
    ['__proto__ as a member', 422, () => withType(json, '{"rows":[],"__proto__":{"rows":[]}}')],
    ['no Parquet', 400, () => withType(parquet, 'PAR1 but not really PAR1')],
    ['an empty Parquet', 400, () => withType(parquet, '')],
    ['an empty CSV', 422, () => withType(csv, '')],
    ['a CSV of a byte order mark', 422, () => withType(csv, '\ufeff')],
    ['a CSV of empty lines', 422, () => withType(csv, '\n\r\n\n')],
    ['UTF-16', 400, () => withType(csv, Buffer.from('\ufeffid,at\n1,2026-01-01\n', 'utf16le'))],
    [
      'a line of NDJSON that is too long',
      413,
      () => withType(ndjson, `{"s":"${'x'.repeat(20 * megabyte)}"}`),
    ],
  ])('%s', async (_, status, sending) => {
    const { detail } = await refused(sending(), status)
    expect(detail.length).toBeLessThan(500)
  })
})

/** The second of two rows, whose first is good. */
const rowsWith = (cells: string) =>
  withType(json, `{"rows":[{"id":1,"at":"2026-01-01T00:00:00Z"},{${cells}}]}`)
const own = '"id":2,"at":"2026-01-01T00:00:00Z"'

describe('rows, named by row, column and rule', () => {
  it.each<[string, string, string, string]>([
    ['a missing key', '"at":"2026-01-01"', 'id', 'required'],
    ['a null key', '"id":null,"at":"2026-01-01"', 'id', 'required'],
    ['a key with a fraction', '"id":1001.5,"at":"2026-01-01"', 'id', 'integral'],
    ['a key beyond int64', '"id":9223372036854775808,"at":"2026-01-01"', 'id', 'range'],
    ['a key that is an object', '"id":{},"at":"2026-01-01"', 'id', 'type'],
    ['no event time', '"id":2', 'at', 'required'],
    ['an event time in words', '"id":2,"at":"yesterday"', 'at', 'type'],
    ['an event time as a number', '"id":2,"at":1767225600', 'at', 'type'],
    ['a day that is in no calendar', '"id":2,"at":"2026-02-30"', 'at', 'range'],
    [
      'an event time finer than a microsecond',
      '"id":2,"at":"2026-01-01T00:00:00.0000001Z"',
      'at',
      'precision',
    ],
    ['a far future', '"id":2,"at":"9999-01-01"', 'at', 'future'],
    ['an unknown column', `${own},"zz":1`, 'zz', 'unknown_column'],
    ['__proto__ as a column', `${own},"__proto__":{"x":1}`, '__proto__', 'unknown_column'],
    ['a text in the column constructor', `${own},"constructor":"x"`, 'constructor', 'type'],
    ['int64 out of range', `${own},"n":9223372036854775808`, 'n', 'range'],
    ['int64 as 1e300', `${own},"n":1e300`, 'n', 'range'],
    ['int64 with a fraction beyond 2^53', `${own},"n":9007199254740993.5`, 'n', 'integral'],
    ['20 million digits', `${own},"n":${'1'.repeat(20_000_000)}`, 'n', 'range'],
    ['int32 out of range', `${own},"i":2147483648`, 'i', 'range'],
    ['a boolean for a number', `${own},"i":true`, 'i', 'type'],
    ['NaN spelled wrongly', `${own},"f":"nanana"`, 'f', 'type'],
    ['float64 out of range', `${own},"f":1e400`, 'f', 'range'],
    ['float32 out of range', `${own},"r":1e39`, 'r', 'range'],
    ['a whole number that float32 cannot keep', `${own},"r":16777217`, 'r', 'precision'],
    ['a number for a text', `${own},"s":5`, 's', 'type'],
    ['U+0000', `${own},"s":"a\\u0000b"`, 's', 'nul_character'],
    ['half a surrogate pair', `${own},"s":"\\ud800"`, 's', 'encoding'],
    ['20 MB of text', `${own},"s":"${'x'.repeat(20 * megabyte)}"`, 's', 'row_length'],
    ['1 for a boolean', `${own},"b":1`, 'b', 'type'],
    ['a decimal with too many places', `${own},"d":"1.234"`, 'd', 'precision'],
    ['a decimal out of range', `${own},"d":123456789012.5`, 'd', 'range'],
    ['a decimal of a billion digits', `${own},"d":1e999999999`, 'd', 'type'],
    ['a date with a time', `${own},"day":"2026-01-01T00:00:00Z"`, 'day', 'type'],
    ['bytes that are no base64', `${own},"by":"%%%"`, 'by', 'type'],
    ['U+0000 within json', `${own},"j":{"a":["\\u0000"]}`, 'j', 'nul_character'],
    ['an element of a wrong type', `${own},"a":[1,"x"]`, 'a', 'type'],
    ['an embedding that is too short', `${own},"e":[1,2]`, 'e', 'dimension'],
    ['NaN in an embedding', `${own},"e":[1,2,"NaN"]`, 'e', 'range'],
    ['a contract that is broken', `${own},"c":10`, 'c', 'max'],
    ['an unknown operation', `${own},"_op":"drop"`, '_op', 'operation'],
  ])('%s', async (_, cells, column, rule) => {
    const problem = await refused(rowsWith(cells), 422)
    expect(problem.errors?.[0]).toMatchObject({ row: 2, column, rule, pointer: `/rows/1/${column}` })
    expect(problem).toMatchObject({ accepted: 0, rejected: 1 })
  })

  it('a name of 20 MB', async () => {
    const problem = await refused(rowsWith(`${own},"${'x'.repeat(20 * megabyte)}":1`), 422)
    expect(problem.errors?.[0]).toMatchObject({ row: 2, rule: 'unknown_column' })
    expect(JSON.stringify(problem).length).toBeLessThan(5000)
  })
})

describe('CSV, named by row', () => {
  const header = 'id,at,n,s\n1,2026-01-01,1,a\n'
  it.each<[string, number, string | Buffer, Record<string, unknown>]>([
    ['an unknown column', 422, 'id,at,zz\n1,2026-01-01,1\n', { column: 'zz', rule: 'unknown_column' }],
    ['a column twice', 422, 'id,at,n,n\n1,2026-01-01,1,1\n', { column: 'n', rule: 'duplicate_column' }],
    ['a key column that is missing', 422, 'at,n\n2026-01-01,1\n', { column: 'id', rule: 'missing_column' }],
    ['another separator', 422, 'id;at\n1;2026-01-01\n', { column: 'id;at' }],
    ['carriage returns alone', 422, 'id,at,s\r1,2026-01-01,a\r', { column: 's\r1' }],
    ['a null key', 422, `${header},2026-01-01,1,a\n`, { row: 2, column: 'id', rule: 'required' }],
    ['a blank around a number', 422, `${header}2,2026-01-01, 1,a\n`, { row: 2, column: 'n', rule: 'type' }],
    ['a cell too many', 422, `${header}2,2026-01-01,1,a,b\n`, { row: 2, rule: 'cells' }],
    ['a cell too few', 422, `${header}2,2026-01-01,1\n`, { row: 2, rule: 'cells' }],
    ['an open quote', 400, `${header}2,2026-01-01,1,"abc\n`, { row: 2, rule: 'open_quote' }],
    ['a quote inside a cell', 400, `${header}2,2026-01-01,1,a"b\n`, { row: 2, rule: 'stray_quote' }],
    ['text behind a quote', 400, `${header}2,2026-01-01,1,"a"b\n`, { row: 2, rule: 'after_quote' }],
    ['U+0000', 422, `${header}2,2026-01-01,1,a\0b\n`, { row: 2, column: 's', rule: 'nul_character' }],
    [
      'bytes that are not UTF-8',
      400,
      Buffer.concat([Buffer.from(`${header}2,2026-01-01,1,`), Buffer.from([0xff, 0x0a])]),
      { row: 2, rule: 'encoding' },
    ],
    [
      'a row of 20 MB',
      413,
      `${header}2,2026-01-01,1,${'x'.repeat(20 * megabyte)}\n`,
      { row: 2, rule: 'too_long' },
    ],
  ])('%s', async (_, status, body, fault) => {
    const { errors } = await refused(withType(csv, body), status)
    expect(errors?.[0]).toMatchObject(fault)
  })
})

describe('NDJSON, named by row', () => {
  const first = '{"id":1,"at":"2026-01-01"}\n'
  it.each<[string, string | Buffer, Record<string, unknown>]>([
    ['a line that is no JSON', `${first}{"id":2,\n`, { row: 2, rule: 'json' }],
    ['a line that is no object', `${first}[1]\n`, { row: 2, rule: 'object' }],
    [
      'a line of bytes that are not UTF-8',
      Buffer.concat([Buffer.from(`${first}"`), Buffer.from([0xff, 0x22, 0x0a])]),
      { row: 2, rule: 'encoding' },
    ],
    [
      'a line that is nested too deep',
      `${first}{"id":2,"j":${'['.repeat(200)}${']'.repeat(200)}}\n`,
      { row: 2, rule: 'json' },
    ],
  ])('%s', async (_, body, fault) => {
    for (const query of ['', '?commit=stream']) {
      expect((await refused(withType(ndjson, body), 422, query)).errors?.[0]).toMatchObject(fault)
    }
  })

  it('a stream whose gzip breaks off', async () => {
    const body = gzipSync(first).subarray(0, 20)
    const sending = withType(ndjson, body, { headers: { 'content-encoding': 'gzip' } })
    await refused(sending, 400, '?commit=stream')
  })
})

it('keys that no index holds are refused', async () => {
  const name = await registered('long_keys', {
    entity: { name: `long_${Date.now().toString(36)}`, keys: [{ name: 'id', type: 'string' }] },
    features: [{ name: 'n', type: 'int64' }],
  })
  const rows = [{ id: randomBytes(3000).toString('base64'), at: '2026-01-01', n: 1 }]
  const { errors } = problemOf(await send('POST', `${groups}/${name}/rows`, { body: { rows } }), 422)
  expect(errors?.[0]).toMatchObject({ row: 1, column: 'id', rule: 'key_length' })
})

describe('odd rows that are good', () => {
  const features = [
    { name: 's', type: 'string' },
    { name: 'n', type: 'int64' },
    { name: 'constructor', type: 'int64' },
  ]
  it.each<[string, Sending, number]>([
    [
      'a byte order mark, CRLF and line ends in quotes',
      withType(csv, '\ufeffid,at,s\r\n1,2026-01-01,"a\r\nb ""q"""\r\n'),
      1,
    ],
    ['a header alone', withType(csv, 'id,at\n'), 0],
    ['a header without a line end', withType(csv, 'id,at'), 0],
    ['no rows', withType(json, '{"rows":[]}'), 0],
    ['an empty NDJSON', withType(ndjson, ''), 0],
    ['a byte order mark before NDJSON', withType(ndjson, '\ufeff{"id":1,"at":"2026-01-01"}\n'), 1],
    [
      'mixed offsets',
      withType(csv, 'id,at\n1,2026-01-01T00:00:00+05:30\n1,2026-01-01\n1,2026-01-01 03:00:00\n'),
      3,
    ],
    [
      '__proto__ as a value, constructor as a name',
      withType(json, '{"rows":[{"id":1,"at":"2026-01-01","s":"__proto__","constructor":5}]}'),
      1,
    ],
    ['a body without a type', { body: '{"rows":[{"id":"1.0","at":"2026-01-01"}]}' }, 1],
    ['gzip', gzip('id,at\n1,2026-01-01\n', csv), 1],
  ])('%s', async (_, sending, accepted) => {
    const name = await registered('odd_rows', { features })
    expect(good(await send('POST', `${groups}/${name}/rows`, sending))).toMatchObject({
      accepted,
      rejected: 0,
    })
  })

  it('9007199254740993 comes back as it was sent, from both stores', async () => {
    const name = await registered('wide', { features })
    const wide = '9007199254740993'
    const row = `{"id":${wide},"at":"2026-01-01","n":${wide}}`
    good(await send('POST', `${groups}/${name}/rows`, withType(json, `{"rows":[${row}]}`)))
    const body = `{"features":["${name}:n"],"entities":{"id":[${wide},"${wide}"]}}`
    const online = (query: string) => send('POST', `/api/v1/online-features${query}`, withType(json, body))
    expect((await online('')).text).toContain(`"values":[[${wide},${wide}]]`)
    expect((await online('?int64=string')).text).toContain(`"values":[["${wide}","${wide}"]]`)
    const one = (query: string) => send('GET', `${groups}/${name}/online/${wide}${query}`)
    expect((await one('')).text).toContain(`"n":${wide}`)
    expect((await one('?int64=string')).text).toContain(`"n":"${wide}"`)
    const training = (query: string) => send('GET', `${groups}/${name}/training-data?format=ndjson${query}`)
    expect((await training('')).text).toContain(`"n":${wide}`)
    expect((await training('&int64=string')).text).toContain(`"n":"${wide}"`)
  })
})
