export type PageParams = Record<string, string | string[] | undefined>

const longestSearch = 200

/**
 * The address with as much of the search as is read: a link with more than that, or with what no text can hold, still
 * shows the list, and the box to search anew.
 */
export function readable(params: PageParams): PageParams {
  const { q } = params
  if (typeof q !== 'string') return params
  const text = q
    .replaceAll('\0', '')
    .slice(0, longestSearch)
    // Half of a pair that was cut in two.
    .replace(/[\ud800-\udbff]$/, '')
  return { ...params, q: text }
}

export const catalogPath = '/catalog'

/** The page's own parameters in a stable form; what is empty is left out. */
export function listParams(params: PageParams): URLSearchParams {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(params)) {
    for (const one of Array.isArray(value) ? value : [value]) if (one) search.append(name, one)
  }
  return search
}
