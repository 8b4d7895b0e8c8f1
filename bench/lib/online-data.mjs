import { createReadStream, mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import postgres from 'postgres'
import { startPostgres } from '../../scripts/lib/postgres.mjs'
import { inDuckDb, quoted } from './join-data.mjs'
import { send, sendJson } from './product.mjs'

const features = Array.from({ length: 10 }, (_, index) => `f${index}`)
const groupName = (index) => `bench_${String(index).padStart(2, '0')}`
const eventTime = '2026-01-01T00:00:00Z'

/** One file serves all groups: int64 keys from 0, ten int64 features. */
async function writeFile(path, keys) {
  const columns = features.map((name, index) => `CAST(hash(i, ${index}) % 1000000 AS BIGINT) AS ${name}`)
  const rows = `SELECT i AS id, TIMESTAMPTZ '${eventTime}' AS "at", ${columns.join(', ')} FROM range(${keys}) r(i)`
  await inDuckDb([`COPY (${rows}) TO ${quoted(path)} (FORMAT parquet)`])
}

const groupDefinition = (name) => ({
  name,
  description: 'Ten integers of a bench.',
  entity: { name: 'bench_entity', keys: [{ name: 'id', type: 'int64' }] },
  primary_key: ['id'],
  timestamp_key: 'at',
  features: features.map((feature) => ({ name: feature, type: 'int64', description: feature })),
})

/** A product that is kept between runs keeps its groups. */
const found = (product, path) => sendJson(product, 'GET', path).catch(() => null)

/** Registers and fills the groups and the services of 50 and 250 features; says what each service is made of. */
export async function prepareOnline(product, { groups, keys }) {
  const folder = join(product.home, 'bench')
  mkdirSync(folder, { recursive: true })
  const path = join(folder, 'rows.parquet')
  await writeFile(path, keys)
  for (let index = 0; index < groups; index++) {
    const name = groupName(index)
    if (await found(product, `/api/v1/feature-groups/${name}`)) continue
    await sendJson(product, 'POST', '/api/v1/feature-groups', groupDefinition(name))
    await send(product, 'POST', `/api/v1/feature-groups/${name}/rows`, {
      headers: { 'content-type': 'application/vnd.apache.parquet' },
      pieces: createReadStream(path),
    })
  }
  const services = {}
  for (const width of [5, 25].filter((one) => one <= groups)) {
    const names = Array.from({ length: width }, (_, index) => groupName(index))
    services[`bench_${width * 10}`] = await registerService(product, `bench_${width * 10}`, names)
  }
  for (const name of Object.keys(services)) await whenOnline(product, name)
  await requireTrueValues(product, path, keys)
  rmSync(folder, { recursive: true })
  return services
}

const read = (product, service, id) =>
  sendJson(product, 'POST', '/api/v1/online-features', { feature_service: service, entities: { id } })

/** The online half of a large commit follows it. */
async function whenOnline(product, service) {
  for (let seconds = 0; seconds < 1800; seconds++) {
    const { meta } = await read(product, service, [0])
    if (!meta.online) return
    await wait(1000)
  }
  throw new Error('The rows did not come online in 30 minutes.')
}

/** The values of 500 keys spread over the file are what the file says. */
async function requireTrueValues(product, path, keys) {
  const ids = Array.from({ length: 500 }, (_, index) => Math.floor((index * keys) / 500))
  const [file] = await inDuckDb([
    `SELECT ${features.map((name) => `sum(${name})::VARCHAR`).join(', ')} FROM ${quoted(path)} WHERE id IN (${ids.join(',')})`,
  ])
  const { values } = await read(product, 'bench_50', ids)
  const sums = values.map((column) => String(column.reduce((sum, value) => sum + value, 0)))
  const wanted = Array.from({ length: 5 }, () => file).flat()
  if (sums.join() !== wanted.join()) throw new Error(`Online are ${sums}, in the file ${wanted}.`)
}

async function registerService(product, name, groups) {
  const definition = {
    name,
    features: groups.flatMap((group) => features.map((feature) => `${group}:${feature}`)),
    full_feature_names: true,
    purpose: 'bench',
  }
  const service =
    (await found(product, `/api/v1/feature-services/${name}`)) ??
    (await sendJson(product, 'POST', '/api/v1/feature-services', definition))
  const columnNames = groups.flatMap((group) => features.map((feature) => `${group}__${feature}`))
  return { name, version: service.version, groups, columnNames }
}

/** What the limit must know to fetch and cut the same values. */
export async function plansOf(product, services) {
  const { url } = await startPostgres({ home: product.home })
  const sql = postgres(url, { max: 1 })
  const rows = await sql`select g.name, e.view_id from version_environments e
    join feature_group_versions v on v.id = e.version_id join feature_groups g on g.id = v.group_id
    where e.environment = 'prod'`
  await sql.end()
  const viewIds = new Map(rows.map((row) => [row.name, row.view_id]))
  const plans = Object.values(services).map(({ name, version, groups, columnNames }) => {
    const views = groups.map((group, place) => ({
      viewId: viewIds.get(group),
      cuts: features.map((_, position) => ({ position, column: place * features.length + position })),
    }))
    const plan = {
      name,
      version,
      names: JSON.stringify(columnNames),
      columns: columnNames.length,
      views,
      viewIds: views.map(({ viewId }) => viewId),
    }
    return [name, plan]
  })
  return { url, services: Object.fromEntries(plans) }
}
