export type PageParams = Record<string, string | string[] | undefined>

export const catalogPath = '/catalog'

/** The page's own parameters in a stable form; what is empty is left out. */
export function listParams(params: PageParams): URLSearchParams {
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(params)) {
    for (const one of Array.isArray(value) ? value : [value]) if (one) search.append(name, one)
  }
  return search
}
