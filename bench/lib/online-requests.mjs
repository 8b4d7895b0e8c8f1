import { wireRequest } from './load.mjs'
import { sendJson } from './product.mjs'

export const path = '/api/v1/online-features'
const requestsAShape = 1000

const moreScopes = [
  'group:read_offline',
  'group:read_statistics',
  'key:create',
  'audit:read',
  'dataset:read',
  'group:write_online',
]

/** Other scopes for each, and one in two is tied to the environment. */
const grantsOf = (index) => ({
  scopes: [
    'group:read_online',
    'catalog:describe',
    ...moreScopes.filter((_, bit) => ((index >> 1) >> bit) & 1),
  ],
  environments: index % 2 === 0 ? [] : ['prod'],
})

/** API keys that differ in what they may: [{ id, secret }]. */
export async function mintKeys(product, count) {
  const keys = []
  for (let index = 0; index < count; index++) {
    const wanted = { name: `bench ${index}`, ...grantsOf(index) }
    keys.push(await sendJson(product, 'POST', '/api/v1/api-keys', wanted))
  }
  return keys
}

/** One key in three is nobody's. */
const randomIds = (count, keys) => Array.from({ length: count }, () => Math.floor(Math.random() * keys * 1.5))

/** A body that asks for `count` keys and `width` features. */
export const bodyOf = ({ count, width }, keys) =>
  JSON.stringify({ feature_service: `bench_${width}`, entities: { id: randomIds(count, keys) } })

/** Requests of one shape as bytes, the API keys in turn. */
export const requestsOf = (shape, { keys, apiKeys, at = path, requests = requestsAShape }) =>
  Array.from({ length: requests }, (_, index) =>
    wireRequest({
      host: 'bench',
      path: at,
      key: apiKeys[index % apiKeys.length].secret,
      body: bodyOf(shape, keys),
    }),
  )
