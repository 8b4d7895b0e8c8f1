import type { Day } from '@/components/charts/day-strip-summary'
import type { VerdictClause } from '@/components/ui/verdict-line'
import type { Ended } from '@/components/use-it/asset'
import type { BasketLine } from '@/lib/basket/operations'
import type { FeatureStatistics } from '@/lib/monitoring/operations'

/** A feature of a basket with all that is compared of it. */
export interface ComparedFeature extends NonNullable<BasketLine['found']> {
  /** As it was put in. */
  reference: string
  href: string
  meaning: string
  entity: string | null
  keys: readonly { name: string; type: string }[]
  timestampKey: string
  online: boolean
  /** Its sunset has passed. */
  ended: Ended | null
  /** Null: not shown to this reader, and why. */
  statistics: FeatureStatistics | null
  statisticsNote: string
  fresh: VerdictClause | null
  drift: VerdictClause | null
  days: readonly Day[]
  readers: number
}

/** What is in a basket and not there for the reader, by the names that they put in. */
export interface ComparedBasket {
  features: ComparedFeature[]
  gone: string[]
}

export const basketHref = (features: readonly string[], environment: string): string => {
  const query = new URLSearchParams()
  if (features.length > 0) query.set('features', features.join(','))
  if (environment !== 'prod') query.set('environment', environment)
  // Commas and colons stand in an address as they are.
  const text = query.toString().replaceAll('%2C', ',').replaceAll('%3A', ':').replaceAll('%40', '@')
  return text === '' ? '/basket' : `/basket?${text}`
}
