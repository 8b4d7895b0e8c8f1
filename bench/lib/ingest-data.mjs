import { join } from 'node:path'
import { inDuckDb, quoted } from './join-data.mjs'

const firstMicros = 1767225600000000

/** Key, time, four doubles, three integers of which one in ten is null, a label: ten columns. */
const rowsSql = (rows, first = 0) =>
  `SELECT i AS id, make_timestamptz(${firstMicros} + i) AS "at", ` +
  Array.from({ length: 4 }, (_, f) => `CAST(hash(i, ${f}) % 1000000 AS DOUBLE) / 1000 AS d${f}, `).join('') +
  Array.from(
    { length: 3 },
    (_, f) =>
      `CASE WHEN hash(i, 'n', ${f}) % 10 > 0 THEN CAST(hash(i, ${f + 4}) % 1000000 AS BIGINT) END AS n${f}, `,
  ).join('') +
  `'label ' || (hash(i, 'l') % 100) AS label FROM range(${first}, ${first + rows}) r(i)`

/** The same rows with times as RFC 3339 has them, for formats of texts. */
const textSql = (rows, first) =>
  `SELECT * REPLACE (strftime("at" AT TIME ZONE 'UTC', '%Y-%m-%dT%H:%M:%S.%fZ') AS "at") FROM (${rowsSql(rows, first)})`

const feature = (name, type, contract) => ({ name, type, description: 'A column of a bench.', contract })

export const definition = (name) => ({
  name,
  description: 'Rows of a bench.',
  entity: { name: 'ingest_entity', keys: [{ name: 'id', type: 'int64' }] },
  primary_key: ['id'],
  timestamp_key: 'at',
  features: [
    ...[0, 1, 2, 3].map((f) => feature(`d${f}`, 'float64', { min: 0 })),
    ...[0, 1, 2].map((f) => feature(`n${f}`, 'int64', { max: 1e6 })),
    feature('label', 'string', { pattern: '^label \\d+$' }),
  ],
})

export const formats = {
  parquet: { type: 'application/vnd.apache.parquet', copy: '(FORMAT parquet)', read: 'read_parquet' },
  csv: { type: 'text/csv', copy: '(FORMAT csv, HEADER)', read: 'read_csv' },
  ndjson: { type: 'application/x-ndjson', copy: '(FORMAT json)', read: 'read_json' },
}

/** A file of so many rows: its path. */
export async function writeRows(folder, format, rows) {
  const path = join(folder, `${rows}.${format}`)
  const sql = format === 'parquet' ? rowsSql(rows) : textSql(rows)
  await inDuckDb([`COPY (${sql}) TO ${quoted(path)} ${formats[format].copy}`])
  return path
}

/** Rows as JSON objects. */
export const jsonRows = async (rows, first = 0) =>
  (await inDuckDb([`SELECT to_json(x)::VARCHAR FROM (${textSql(rows, first)}) x`])).map(([row]) => row)

/** Rows as they stand online, for COPY: key, time and the fragments divided by a byte that JSON has not. */
export async function writeOnlineRows(folder, rows) {
  const path = join(folder, `${rows}.online`)
  const names = ['d0', 'd1', 'd2', 'd3', 'n0', 'n1', 'n2']
  const fragments = [...names.map((name) => `coalesce(${name}::VARCHAR, 'null')`), `'"' || label || '"'`]
  await inDuckDb([
    `COPY (SELECT id, "at", concat_ws(chr(31), ${fragments.join(', ')}) AS v FROM (${textSql(rows)})) TO ${quoted(path)} ` +
      `(FORMAT csv, HEADER false, DELIMITER '\t', QUOTE '')`,
  ])
  return path
}

const sumOf = (relation) =>
  `SELECT count(*), bit_xor(hash(id, epoch_us("at"), d0, d1, d2, d3, n0, n1, n2, label)) FROM (${relation})`

/** Fails unless a group's files hold exactly the first rows. */
export async function checkHistory({ home }, group, rows) {
  const files = quoted(join(home, 'offline', 'prod', group, '**', '*.parquet'))
  const [wanted] = await inDuckDb([sumOf(rowsSql(rows))])
  const [found] = await inDuckDb([sumOf(`SELECT * FROM read_parquet(${files})`)])
  if (String(found) !== String(wanted))
    throw new Error(`${group} holds ${found} (rows, sum of all values) where ${wanted} were sent.`)
}

/** Fails unless some of the first rows are read online as they were sent. `ask(features, ids)` gives a list for each feature. */
export async function checkOnline(ask, group, rows) {
  const ids = Array.from({ length: 20 }, () => Math.floor(Math.random() * rows))
  const wanted = await inDuckDb([
    `SELECT id, d0, n0, label FROM (${rowsSql(rows)}) WHERE id IN (${ids.join(', ')})`,
  ])
  const byId = new Map(wanted.map(([id, ...values]) => [Number(id), values]))
  const found = await ask(
    ['d0', 'n0', 'label'].map((name) => `${group}:${name}`),
    ids,
  )
  for (const [index, id] of ids.entries()) {
    const [d0, n0, label] = byId.get(id)
    const own = JSON.stringify([d0, n0 === null ? null : Number(n0), label])
    const read = JSON.stringify(found.map((values) => values[index]))
    if (read !== own) throw new Error(`${group}: id ${id} is read as ${read} instead of ${own}.`)
  }
}
