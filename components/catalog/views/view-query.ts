import type { ViewResource } from '@/lib/views/operations'
import { viewParameters } from '@/lib/views/plain'

type ViewQuery = ViewResource['query']

/** What a view keeps of the catalogue's address; the environment and the row in the panel are the reader's own. */
export function queryOf(search: URLSearchParams): ViewQuery {
  return Object.fromEntries(
    viewParameters.flatMap((name) => {
      const values = search.getAll(name).filter((value) => value !== '')
      return values.length > 0 ? [[name, values]] : []
    }),
  )
}

/** The catalogue as a view shows it, in the reader's environment. */
export function viewHref(query: ViewQuery, environment: string | null): string {
  const params = new URLSearchParams()
  if (environment !== null) params.set('environment', environment)
  for (const name of viewParameters) for (const value of query[name] ?? []) params.append(name, value)
  return params.size > 0 ? `/catalog?${params}` : '/catalog'
}

const canonical = (query: ViewQuery) =>
  JSON.stringify(viewParameters.map((name) => [...(query[name] ?? [])].sort()))

/** Whether two views show the same, in whatever order their filters were chosen. */
export const isSameView = (one: ViewQuery, other: ViewQuery): boolean => canonical(one) === canonical(other)

/** Who sees a view, for its list. */
export function sharingWords({ mine, shared_with, team, owner }: ViewResource): string {
  const whose = mine ? 'yours' : `by ${owner.name}`
  if (shared_with === 'everyone') return `${whose}, for everyone`
  return shared_with === 'team' ? `${whose}, for ${team ?? 'a team'}` : `${whose}, for you alone`
}
