/** The part of Storage that drafts need, so that tests and private windows can stand in. */
export interface DraftStorage {
  getItem: (key: string) => string | null
  setItem: (key: string, value: string) => void
  removeItem: (key: string) => void
}

export interface Draft<T> {
  savedAt: string
  value: T
}

const keyOf = (name: string) => `almanac.draft.${name}`

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
      if (value !== null && typeof stored.savedAt === 'string') return { savedAt: stored.savedAt, value }
    }
    storage.removeItem(keyOf(name))
  } catch {
    // Storage may be off or hold text of an older shape: a lost draft must not break the form.
  }
  return null
}

/** Writes a draft. False when the browser's storage is full or off: the page can say so. */
export function writeDraft(storage: DraftStorage, name: string, value: unknown, now: Date): boolean {
  try {
    storage.setItem(keyOf(name), JSON.stringify({ savedAt: now.toISOString(), value }))
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
