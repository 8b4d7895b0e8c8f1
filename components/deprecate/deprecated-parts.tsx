import { groupHref } from '@/components/feature-group/place'
import { Callout } from '@/components/ui/callout'
import { Name } from '@/components/ui/name'
import { Time } from '@/components/ui/time'
import type { VersionResource } from '@/lib/registry/operations'
import { parseGroupReference } from '@/lib/registry/operations'

type Part = { name: string } & NonNullable<VersionResource['deprecation']>

function VersionLink({ name }: { name: string }) {
  const reference = parseGroupReference(name)
  if (!reference) return <Name name={name} />
  return (
    <Name
      name={name}
      href={groupHref({ name: reference.group, version: reference.version, environment: null })}
    />
  )
}

/** Says of a service or dataset that versions it names are deprecated, until when, and what takes their place. */
export function DeprecatedParts({ what, parts }: { what: string; parts: readonly Part[] }) {
  if (parts.length === 0) return null
  return (
    <Callout tone="warn" className="mb-4" title={`This ${what} names what is deprecated`}>
      <ul>
        {parts.map(({ name, sunset_at: sunset, replacement }) => (
          <li key={name}>
            <VersionLink name={name} />
            {sunset === null ? (
              ', without an end date'
            ) : (
              <>
                {' '}
                is not read from <Time at={sunset} precision="day" /> on
              </>
            )}
            {replacement === null ? (
              '.'
            ) : (
              <>
                ; <VersionLink name={replacement} /> takes its place.
              </>
            )}
          </li>
        ))}
      </ul>
    </Callout>
  )
}
