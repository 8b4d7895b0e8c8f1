/** What a browser remembers about its reader. Cookies, so that the server's first paint is already right. */
export interface Preferences {
  theme: 'light' | 'dark' | 'system'
  rows: 'compact' | 'normal' | 'comfortable'
  rail: 'open' | 'folded'
  zone: string
  panel: number
}

const cookieName = (name: keyof Preferences) => `almanac_${name}`

const oneOf = <T extends string>(value: string | undefined, allowed: readonly T[], fallback: T): T =>
  allowed.find((candidate) => candidate === value) ?? fallback

/** An IANA zone out of a cookie; a malformed one must not fail every page of its reader. */
function readZone(value: string | undefined): string {
  if (!value) return 'UTC'
  try {
    return new Intl.DateTimeFormat('en', { timeZone: decodeURIComponent(value) }).resolvedOptions().timeZone
  } catch {
    return 'UTC'
  }
}

/** Reads preferences out of a cookie store (`await cookies()`); anything malformed is the default. */
export function readPreferences(store: {
  get: (name: string) => { value: string } | undefined
}): Preferences {
  const value = (name: keyof Preferences) => store.get(cookieName(name))?.value
  const panel = Number(value('panel') ?? 420)
  return {
    theme: oneOf(value('theme'), ['light', 'dark', 'system'], 'system'),
    rows: oneOf(value('rows'), ['compact', 'normal', 'comfortable'], 'normal'),
    rail: oneOf(value('rail'), ['open', 'folded'], 'open'),
    zone: readZone(value('zone')),
    panel: panel >= 360 && panel <= 640 ? panel : 420,
  }
}

const yearSeconds = 365 * 24 * 3600

/** Remembers one preference in this browser. */
export function rememberPreference<K extends keyof Preferences>(name: K, value: Preferences[K]): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser
  document.cookie = `${cookieName(name)}=${encodeURIComponent(value)}; path=/; max-age=${yearSeconds}; samesite=lax`
}

/** Sets or removes the attribute on <html> that the tokens read. */
export function applyToRoot(attribute: 'theme' | 'rows' | 'rail', value: string | null): void {
  if (value === null) delete document.documentElement.dataset[attribute]
  else document.documentElement.dataset[attribute] = value
}
