import type { APIRequestContext } from '@playwright/test'

interface Parameter {
  in: string
  name: string
  required?: boolean
}

interface Operation {
  parameters?: Parameter[]
  responses: Record<string, { content?: Record<string, unknown> }>
}

interface Document {
  paths: Record<string, Record<string, Operation>>
}

/** A stream of events has no end to wait for. */
const isStream = ({ responses }: Operation) => 'text/event-stream' in (responses['200']?.content ?? {})

/**
 * Addresses of every GET that the interface has, by the served OpenAPI document: parameters of the path by the
 * collection they follow (`feature-groups` → name), required ones of the query by their name.
 */
export async function everyGet(
  api: APIRequestContext,
  path: Record<string, string>,
  query: Record<string, string>,
): Promise<string[]> {
  const answer = await api.get('/api/openapi.json')
  const document: Document = await answer.json()
  return Object.entries(document.paths).flatMap(([pattern, { get }]) => {
    if (!get || isStream(get)) return []
    const filled = pattern
      .split('/')
      .map((part, at, parts) => (part.startsWith('{') ? (path[parts[at - 1] ?? ''] ?? '1') : part))
      .join('/')
    const needed = (get.parameters ?? []).filter((one) => one.in === 'query' && one.required)
    const asked = needed.map(({ name }) => `${name}=${encodeURIComponent(query[name] ?? '1')}`)
    return [asked.length > 0 ? `${filled}?${asked.join('&')}` : filled]
  })
}
