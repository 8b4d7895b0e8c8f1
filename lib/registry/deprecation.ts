import { decide } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import { instantMilliseconds } from './instants'
import { parseGroupReference } from './reference'
import type { Grace, ServingVersion } from './types'

/** Where the replacement `group` or `group@n` is described. */
function replacementPath(replacement: string): string {
  const parsed = parseGroupReference(replacement)
  const base = `/api/v1/feature-groups/${parsed?.group ?? replacement}`
  return parsed?.version ? `${base}/versions/${parsed.version}` : base
}

/** What the reader is sent to instead: nothing, where the reader may not know of it. */
export function replacementFor(ctx: Context, { replacement }: ServingVersion): string | null {
  if (replacement === null) return null
  const { reference, resource } = replacement
  return resource === null || decide(ctx, 'catalog:describe', resource).allowed ? reference : null
}

const earliest = (instants: (number | null)[]): number | null => {
  const known = instants.filter((instant) => instant !== null)
  return known.length === 0 ? null : Math.min(...known)
}

const covers = ({ actor }: Context, { consumer }: Grace): boolean => {
  if (consumer.kind === 'all') return true
  if (actor.kind === 'apiKey') return consumer.kind === 'key' && consumer.id === actor.keyId
  return consumer.kind === 'person' && consumer.id === actor.id
}

/** The instant from which this reader is refused: the sunset, or the end of a longer grace; null: none is promised. */
function endOfReads(
  ctx: Context,
  { sunsetAt, graces }: Pick<ServingVersion, 'sunsetAt' | 'graces'>,
): number | null {
  if (sunsetAt === null) return null
  const sunset = instantMilliseconds(sunsetAt)
  if (graces.length === 0) return sunset
  const own = graces.filter((grace) => covers(ctx, grace))
  return Math.max(sunset, ...own.map(({ until }) => instantMilliseconds(until)))
}

/**
 * The headers of an answer that holds values of deprecated versions: `Deprecation` (RFC 9745), `Sunset` (RFC 8594)
 * and `Link` to the successors; none when no version is deprecated. Of several, the earliest dates count; `Sunset` is the
 * reader's own, after a grace.
 */
export function deprecationHeaders(
  ctx: Context,
  versions: ServingVersion | ServingVersion[],
): Record<string, string> {
  const deprecated = [versions].flat().filter((version) => version.deprecatedAt !== null)
  const since = earliest(
    deprecated.flatMap(({ deprecatedAt }) =>
      deprecatedAt === null ? [] : instantMilliseconds(deprecatedAt),
    ),
  )
  if (since === null) return {}
  const sunset = earliest(deprecated.map((version) => endOfReads(ctx, version)))
  const successors = new Set(deprecated.flatMap((version) => replacementFor(ctx, version) ?? []))
  const link = [...successors].map((one) => `<${replacementPath(one)}>; rel="successor-version"`).join(', ')
  return {
    deprecation: `@${Math.floor(since / 1000)}`,
    ...(sunset === null ? {} : { sunset: new Date(sunset).toUTCString() }),
    ...(link === '' ? {} : { link }),
  }
}

/**
 * Refuses a read that comes too late: `gone` (410) from the sunset date or the end of a grace on, and for an archived version, with the
 * replacement in the problem and in the headers, for who may know of it.
 */
export function assertReadable(ctx: Context, version: ServingVersion, now: Date = ctx.now()): void {
  const { sunsetAt, groupName, major, state } = version
  const end = endOfReads(ctx, version)
  const past = end !== null && end <= now.getTime()
  if (!past && state !== 'archived') return
  const replacement = replacementFor(ctx, version)
  const why = state === 'archived' ? 'is archived and not served' : `is no longer served since ${sunsetAt}`
  const instead = replacement === null ? '' : ` Read ${replacement} instead.`
  const back = state === 'archived' && replacement === null ? ` Team ${version.team} can restore it.` : ''
  throw new DomainError('gone', `${groupName}@${major} ${why}.${instead}${back}`, {
    headers: deprecationHeaders(ctx, version),
    extensions: { replacement },
  })
}
