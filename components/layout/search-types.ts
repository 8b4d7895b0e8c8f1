import type { Kind } from '@/components/icons/kind-glyph'
import type { TextRange } from '@/components/ui/ranges'

export interface SearchHit {
  id: string
  href: string
  /** Full name: `group:feature`; of a page or an act its words. */
  name: string
  /** What matched in the name and in the meaning. */
  marks?: { name: readonly TextRange[]; meaning: readonly TextRange[] }
  /** A page or an act, no asset: its words are no name. */
  isPlace?: boolean
  /** The keys that lead there too: "g c". */
  shortcut?: string
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
