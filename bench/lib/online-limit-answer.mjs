/** What the limits of online reads share: the rows of a request and the product's own bytes, by hand. */
const separator = '\x1f'

/** The rows of the request's keys in the service's views. */
export const rowsOf = (sql, { viewIds }, keys) =>
  sql`select entity_key, view_id, v from online_rows
    where entity_key = any(${keys}::text[]) and view_id = any(${viewIds}::int[]) and not deleted`

/** The body of the answer. */
export function answerOf({ name, version, names, views, columns }, keys, rows) {
  const byView = new Map(views.map(({ viewId }) => [viewId, new Map()]))
  for (const row of rows) byView.get(row.view_id).set(row.entity_key, row.v.split(separator))
  const values = new Array(columns)
  for (const { viewId, cuts } of views) {
    const found = byView.get(viewId)
    const fragments = keys.map((key) => found.get(key))
    for (const { position, column } of cuts) {
      values[column] = `[${fragments.map((one) => (one ? one[position] : 'null')).join(',')}]`
    }
  }
  return `{"features":${names},"entities":{"id":[${keys.join(',')}]},"values":[${values.join(',')}],"meta":{"feature_service":"${name}","service_version":${version},"served_at":"${new Date().toISOString()}"}}`
}
