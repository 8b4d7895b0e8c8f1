import { quoted } from './join-data.mjs'

const source = ({ files }) => `read_parquet([${files.map(quoted).join(', ')}])`

/** Seconds of a ttl as these workloads use it. */
const seconds = (ttl) => Number(/^P(\d+)D$/.exec(ttl)[1]) * 86_400

const spine = (path) => `SELECT row_number() OVER () AS r, * FROM read_parquet(${quoted(path)})`

/** One as-of join after another, each with its columns: what most people would write. */
export function chained({ spine: path, groups }, { ttl }) {
  const joins = groups.map(
    (group, g) =>
      `ASOF LEFT JOIN ${source(group)} g${g} ON s.id = g${g}.id AND s.event_timestamp >= g${g}."at"`,
  )
  const columns = groups.flatMap((group, g) =>
    group.features.map((feature) =>
      ttl
        ? `CASE WHEN g${g}."at" >= s.event_timestamp - to_seconds(${seconds(ttl)}) THEN g${g}.${feature} END AS ${feature}`
        : `g${g}.${feature}`,
    ),
  )
  return [
    `SELECT s.id, s.event_timestamp, ${columns.join(', ')} FROM (${spine(path)}) s ${joins.join(' ')} ORDER BY s.r`,
  ]
}

/** Keys and times first, the columns of the winning rows after, glued by the spine's row: [...statements, query]. */
export function late({ spine: path, groups }, { ttl }) {
  const statements = [`CREATE OR REPLACE TEMP TABLE s AS ${spine(path)}`]
  for (const [g, group] of groups.entries()) {
    const read = `read_parquet([${group.files.map(quoted).join(', ')}])`
    const place = '(CAST(file_index AS BIGINT) << 40) | file_row_number'
    const alive = ttl ? ` WHERE h."at" >= s.event_timestamp - to_seconds(${seconds(ttl)})` : ''
    statements.push(
      `CREATE OR REPLACE TEMP TABLE w${g} AS SELECT s.r, h.place FROM s ASOF JOIN ` +
        `(SELECT id, "at", ${place} AS place FROM ${read}) h ON s.id = h.id AND s.event_timestamp >= h."at"${alive}`,
      `CREATE OR REPLACE TEMP TABLE f${g} AS SELECT w.r, ${group.features.map((feature) => `h.${feature}`).join(', ')} ` +
        `FROM w${g} w JOIN (SELECT ${place} AS place, ${group.features.join(', ')} FROM ${read}) h ON w.place = h.place`,
    )
  }
  const columns = groups.flatMap((group, g) => group.features.map((feature) => `f${g}.${feature}`))
  const joins = groups.map((_, g) => `LEFT JOIN f${g} ON s.r = f${g}.r`).join(' ')
  return [...statements, `SELECT s.id, s.event_timestamp, ${columns.join(', ')} FROM s ${joins} ORDER BY s.r`]
}
