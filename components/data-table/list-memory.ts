/** What a browser remembers of one list: its columns and how many rows a page has. The address wins over both. */
export interface ListMemory {
  /** The list's own name; part of a cookie's. */
  list: string
  /** As `hide` in the address: ids of columns that are switched off. */
  hide: string | null
  limit: string | null
}

const cookieName = (list: string) => `almanac_list_${list}`
const shape = { hide: /^[a-z_,]{1,200}$/, limit: /^\d{1,3}$/ }

/** Reads it out of a cookie store (`await cookies()`); anything malformed is as if nothing were remembered. */
export function readListMemory(
  store: { get: (name: string) => { value: string } | undefined },
  list: string,
): ListMemory {
  const kept = new URLSearchParams(store.get(cookieName(list))?.value ?? '')
  const valid = (name: keyof typeof shape) => {
    const value = kept.get(name)
    return value !== null && shape[name].test(value) ? value : null
  }
  return { list, hide: valid('hide'), limit: valid('limit') }
}

const yearSeconds = 365 * 24 * 3600

/** Remembers it in this browser. */
export function rememberList({ list, hide, limit }: ListMemory): void {
  const kept = new URLSearchParams({ ...(hide ? { hide } : {}), ...(limit ? { limit } : {}) })
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser
  document.cookie = `${cookieName(list)}=${kept}; path=/; max-age=${yearSeconds}; samesite=lax`
}
