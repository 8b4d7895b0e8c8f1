/** The part of Storage that drafts need, so that tests and private windows can stand in. */
export interface DraftStorage {
  getItem: (key: string) => string | null
  setItem: (key: string, value: string) => void
  removeItem: (key: string) => void
}

export interface Draft<T> {
  savedAt: string
  value: T
  /** When the portal kept the same: another time there means that another browser has written since. */
  syncedAt?: string | undefined
}

/** A draft that comes back, and where it was typed. */
export interface Restored {
  savedAt: string
  isElsewhere: boolean
}

const keyOf = (name: string) => `almanac.draft.${name}`
const goneKeyOf = (name: string) => `almanac.draft-gone.${name}`

/** What a draft of one text is checked with. */
export const draftText = (value: unknown): string | null => (typeof value === 'string' ? value : null)

/** Reads a draft; anything that `parse` refuses is treated as none and removed. */
export function readDraft<T>(
  storage: DraftStorage,
  name: string,
  parse: (value: unknown) => T | null,
): Draft<T> | null {
  try {
    const text = storage.getItem(keyOf(name))
    if (text === null) return null
    const stored: unknown = JSON.parse(text)
    if (typeof stored === 'object' && stored !== null && 'savedAt' in stored && 'value' in stored) {
      const value = parse(stored.value)
      if (value !== null && typeof stored.savedAt === 'string') {
        const syncedAt =
          'syncedAt' in stored && typeof stored.syncedAt === 'string' ? stored.syncedAt : undefined
        return { savedAt: stored.savedAt, value, syncedAt }
      }
    }
    storage.removeItem(keyOf(name))
  } catch {
    // Storage may be off or hold text of an older shape: a lost draft must not break the form.
  }
  return null
}

/** Writes a draft. False when the browser's storage is full or off: the page can say so. */
export function writeDraft(
  storage: DraftStorage,
  name: string,
  value: unknown,
  now: Date,
  syncedAt?: string | undefined,
): boolean {
  try {
    storage.setItem(keyOf(name), JSON.stringify({ savedAt: now.toISOString(), value, syncedAt }))
    return true
  } catch {
    return false
  }
}

export function clearDraft(storage: DraftStorage, name: string): void {
  try {
    storage.removeItem(keyOf(name))
  } catch {
    // Without storage there is nothing to clear.
  }
}

/** Remembers which copy of the portal's has to go too, until it has; null: it has. */
export function markGone(storage: DraftStorage, name: string, savedAt: string | null): void {
  try {
    if (savedAt === null) storage.removeItem(goneKeyOf(name))
    else storage.setItem(goneKeyOf(name), savedAt)
  } catch {
    // Without storage a copy that could not be deleted comes back once.
  }
}

/** The portal's copy that was sent or given up here and could not be deleted there. */
export function goneDraft(storage: DraftStorage, name: string): string | null {
  try {
    return storage.getItem(goneKeyOf(name))
  } catch {
    return null
  }
}

interface Sides {
  local: Pick<Draft<unknown>, 'savedAt' | 'syncedAt'> | null
  gone: string | null
  /** When the portal kept what it has; null: it has none. */
  serverSavedAt: string | null
}

/** Whose draft a form opens with: the newer one; what was sent or given up here does not come back. */
export function newerSide({ local, gone, serverSavedAt }: Sides): 'here' | 'server' | 'forget' {
  if (serverSavedAt === null) return 'here'
  if (gone === serverSavedAt) return 'forget'
  if (local === null) return 'server'
  if (local.syncedAt === serverSavedAt) return 'here'
  return Date.parse(serverSavedAt) > Date.parse(local.savedAt) ? 'server' : 'here'
}
