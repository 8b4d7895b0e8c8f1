import type { Route } from 'next'

/** A computed address as Next's checked route type. The caller promises an address of this application. */
export const toRoute = (href: string): Route => href as Route

/** `pathname?query` with some parameters changed; null removes one. Keeps the others in their order. */
export function withParams(
  pathname: string,
  search: string | URLSearchParams,
  changes: Record<string, string | number | null>,
): string {
  const params = new URLSearchParams(search)
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === '') params.delete(name)
    else params.set(name, String(value))
  }
  const query = params.toString()
  return query ? `${pathname}?${query}` : pathname
}
