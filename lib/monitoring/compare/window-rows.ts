import type { Context } from '@/lib/core/context'
import { DomainError, invalidField } from '@/lib/core/errors'
import { type FeatureType, parseEventTime } from '@/lib/core/feature-type'
import { parseInput } from '@/lib/core/parse-input'
import { historyOf, profileValues } from '@/lib/offline'
import { isConfidential } from '../confidential'
import { unjudgedReason, watchedKind } from '../watched-features'
import { watchedFeature, watchedVersion } from '../watched-version'
import { type WindowSide, windowSideSchema } from './input'
import { mostValues, type SideName } from './sample-rows'

/** Of longer windows the first vectors by their hash are a sample. */
const mostVectors = 200

/** Values of a feature in a window, as they would be sent along. */
export interface WindowValues {
  kind: 'numeric' | 'categorical' | 'boolean' | 'embedding'
  values: unknown[]
  isConfidential: boolean
}

function instant(text: string, pointer: string, end: boolean): bigint {
  const micros = parseEventTime(text, end)
  if (micros === null) throw invalidField(pointer, `${pointer}: must be a date or an RFC 3339 time.`, 'time')
  return micros
}

const dayMicros = 86_400_000_000n

function spanOf({ window }: WindowSide, side: SideName, wholeDays: boolean) {
  const at = `/${side}/window`
  const fromMicros = instant(window.from, `${at}/from`, false)
  const end = instant(window.to, `${at}/to`, true)
  // A date means its whole day: its last microsecond, which the bound leaves out.
  const toMicros = window.to.includes('T') || window.to.includes(' ') ? end : end + 1n
  if (toMicros <= fromMicros) throw invalidField(`${at}/to`, `${at}/to: must be later than from.`, 'range')
  if (wholeDays && (fromMicros % dayMicros !== 0n || toMicros % dayMicros !== 0n))
    throw invalidField(at, `${at}: a confidential feature is compared by whole UTC days.`, 'days')
  return { fromMicros, toMicros }
}

function kindOf(type: FeatureType, { feature }: WindowSide, side: SideName) {
  if (type.kind === 'embedding') return { kind: 'embedding', read: 'embedding' } as const
  const watched = watchedKind(type)
  if (watched === 'presence') {
    const why = unjudgedReason(type) ?? ''
    throw invalidField(`/${side}/feature`, `/${side}/feature: ${feature} cannot be compared. ${why}`, 'type')
  }
  return { kind: watched === 'length' ? 'numeric' : watched, read: watched } as const
}

/**
 * Reads a window of a feature's history. Errors: `not_found`, `forbidden`, `invalid`, `too_large` for a window of
 * more rows than are compared at once.
 */
export async function windowValues(ctx: Context, value: unknown, side: SideName): Promise<WindowValues> {
  const input = parseInput(windowSideSchema, value, `/${side}`)
  const version = await watchedVersion(ctx, input)
  const feature = await watchedFeature(ctx, version, input.feature)
  const hidden = isConfidential(feature)
  const span = spanOf(input, side, hidden)
  const { kind, read } = kindOf(feature.type, input, side)
  const isVector = kind === 'embedding'
  const values = await profileValues(
    {
      ...span,
      history: await historyOf(version),
      column: feature.name,
      kind: read,
      limit: isVector ? mostVectors : mostValues + 1,
      order: isVector ? 'hash' : 'time',
    },
    ctx.signal,
  )
  if (values.length > mostValues)
    throw new DomainError(
      'too_large',
      `${input.group}:${feature.name} has more than ${mostValues} rows in the window; a shorter one can be compared.`,
    )
  return { kind, values: isVector ? values.filter((one) => one !== null) : values, isConfidential: hidden }
}
