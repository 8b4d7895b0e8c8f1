import { parseGroupReference, type VersionResource } from '@/lib/registry/operations'

type Deprecation = Pick<
  NonNullable<VersionResource['deprecation']>,
  'replacement' | 'deprecated_at' | 'sunset_at'
>

function successorPath(replacement: string): string {
  const reference = parseGroupReference(replacement)
  const base = `/api/v1/feature-groups/${reference?.group ?? replacement}`
  return reference?.version ? `${base}/versions/${reference.version}` : base
}

/** The headers of an answer that holds values of one deprecated version: RFC 9745, RFC 8594 and RFC 8288. */
export function headersSeen({ deprecated_at: since, sunset_at: sunset, replacement }: Deprecation): string[] {
  return [
    `Deprecation: @${Math.floor(Date.parse(since) / 1000)}`,
    ...(sunset === null ? [] : [`Sunset: ${new Date(sunset).toUTCString()}`]),
    ...(replacement === null ? [] : [`Link: <${successorPath(replacement)}>; rel="successor-version"`]),
  ]
}
