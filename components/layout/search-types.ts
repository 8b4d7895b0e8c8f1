import type { Kind } from '@/components/icons/kind-glyph'

export interface SearchHit {
  id: string
  href: string
  /** Full name: `group:feature`. */
  name: string
  kind?: Kind
  /** One line of meaning. */
  meaning?: string
  /** Why it matched: "name", "misspelling of delay", "tag". */
  why?: string
  /** Shown muted after the name: "deprecated". */
  mark?: string
}

export interface SearchGroup {
  label: string
  hits: readonly SearchHit[]
}

/** Asks for hits; an aborted signal means that a newer question was asked. Rejections are shown as failed. */
export type OnSearch = (query: string, signal: AbortSignal) => Promise<readonly SearchGroup[]>
