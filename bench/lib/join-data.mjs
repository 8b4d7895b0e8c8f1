import { createReadStream, statSync } from 'node:fs'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { send, sendJson } from './product.mjs'

/** S, M and five of S, and XS for a short look, as docs/performance.md names them. `late` rows come in a second commit, tied times in both. */
export const shapes = {
  xs: { spine: 10_000, rows: 100_000, keys: 5_000, groups: 2, features: 4, ttl: 'P30D' },
  s: { spine: 100_000, rows: 1_000_000, keys: 50_000, groups: 1, features: 10, ttl: null },
  five: { spine: 100_000, rows: 1_000_000, keys: 50_000, groups: 5, features: 4, ttl: 'P30D' },
  m: { spine: 1_000_000, rows: 10_000_000, keys: 500_000, groups: 1, features: 20, ttl: null },
}

export const quoted = (path) => `'${path.replaceAll("'", "''")}'`

/** Runs SQL in a DuckDB of its own and closes it. */
export async function inDuckDb(statements, settings = {}) {
  const instance = await DuckDBInstance.create(':memory:', settings)
  const connection = await instance.connect()
  try {
    let result
    for (const statement of statements) result = await connection.runAndReadAll(statement)
    return result.getRowsJson()
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}

const instant = (seconds) => `make_timestamptz(1767225600000000 + CAST(${seconds} AS BIGINT) * 1000000)`

/** Ninety days of whole seconds: among twenty rows a key some fall together. */
const historySql = ({ keys, features }, from, to, seed) => {
  const columns = Array.from({ length: features }, (_, f) =>
    f % 2 === 0
      ? `CAST(hash(i, ${seed}, ${f}) % 100000 AS BIGINT) AS f${f}`
      : `CAST(hash(i, ${seed}, ${f}) % 1000000 AS DOUBLE) / 1000 AS f${f}`,
  )
  return (
    `SELECT CAST(hash(i, ${seed}) % ${keys} AS BIGINT) AS id, ` +
    `${instant(`hash(i, ${seed}, 'at') % 7776000`)} AS "at", ${columns.join(', ')} FROM range(${from}, ${to}) r(i)`
  )
}

/** A tenth of the spine's keys are nobody's. */
const spineSql = ({ spine, keys }) =>
  `SELECT CAST(hash(i, 'spine') % ${Math.floor(keys / 0.9)} AS BIGINT) AS id, ` +
  `${instant(`hash(i, 'time') % 7776000`)} AS event_timestamp FROM range(${spine}) r(i)`

/**
 * Makes the files in `folder`, registers and fills the groups: { spine, groups: [{ name, features, files }] } where
 * files are the product's own.
 */
export async function prepare(product, shape, folder, label) {
  const spine = join(folder, `${label}-spine.parquet`)
  await inDuckDb([`COPY (${spineSql(shape)}) TO ${quoted(spine)} (FORMAT parquet)`])
  const groups = []
  for (let g = 0; g < shape.groups; g++) groups.push(await fill(product, shape, folder, label, g))
  return { spine, groups }
}

async function fill(product, shape, folder, label, g) {
  const name = `bench_${label}_${g}_${process.pid}`
  const features = Array.from({ length: shape.features }, (_, f) => ({
    name: `g${g}_f${f}`,
    type: f % 2 === 0 ? 'int64' : 'float64',
  }))
  await sendJson(product, 'POST', '/api/v1/feature-groups', {
    name,
    description: 'Random rows to measure joins.',
    entity: { name: `${name}_thing`.slice(0, 63), keys: [{ name: 'id', type: 'int64' }] },
    primary_key: ['id'],
    timestamp_key: 'at',
    online: false,
    features,
    ...(shape.ttl ? { ttl: shape.ttl } : {}),
  })
  const renamed = ['id', '"at"', ...features.map((feature, f) => `f${f} AS ${feature.name}`)].join(', ')
  const split = Math.floor(shape.rows * 0.95)
  for (const [from, to] of [
    [0, split],
    [split, shape.rows],
  ]) {
    const path = join(folder, `${label}-${g}-${from}.parquet`)
    await inDuckDb([
      `COPY (SELECT ${renamed} FROM (${historySql(shape, from, to, g)})) TO ${quoted(path)} (FORMAT parquet)`,
    ])
    await send(product, 'POST', `/api/v1/feature-groups/${name}/rows`, {
      headers: {
        'content-type': 'application/vnd.apache.parquet',
        'content-length': String(statSync(path).size),
      },
      pieces: createReadStream(path),
    })
  }
  const glob = join(product.home, 'offline', 'prod', name, '**', '*.parquet')
  const files = await inDuckDb([`SELECT file FROM glob(${quoted(glob)}) ORDER BY file`])
  return { name, features: features.map((feature) => feature.name), files: files.map(([file]) => file) }
}
