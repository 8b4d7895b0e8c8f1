import type { Day } from '@/components/charts/day-strip-summary'
import type { LifecycleState } from '@/components/ui/lifecycle'
import type { VerdictClause } from '@/components/ui/verdict-line'
import type { AssetKind } from './asset-href'

/** One line of what an asset consists of: a feature with its type, a group with its meaning. */
export interface PeekLine {
  name: string
  href: string
  note: string
}

/** What the panel beside a list says of an asset; what is not known is absent. */
export interface Peek {
  kind: AssetKind
  /** The full name: `group`, `group:feature`, or the name of any other asset. */
  name: string
  description: string
  /** It can be put into the basket: a feature, and no label. */
  isComparable?: boolean
  owner: string
  lifecycle?: LifecycleState
  verdict?: readonly VerdictClause[]
  days?: readonly Day[]
  facts: readonly { term: string; value: string }[]
  /** "8 features". */
  linesTitle: string
  lines: readonly PeekLine[]
}

/** The list's address with one row (`group/airport_delays`) in the panel, or with none. */
export function peekHref(path: string, search: URLSearchParams, peek: string | null): string {
  const next = new URLSearchParams(search)
  next.delete('peek')
  if (peek !== null) next.set('peek', peek)
  const text = next.toString()
  return text ? `${path}?${text}` : path
}
