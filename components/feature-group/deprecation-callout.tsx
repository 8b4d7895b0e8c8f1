import Link from 'next/link'
import { Callout } from '@/components/ui/callout'
import { toRoute } from '@/components/ui/route'
import { Time } from '@/components/ui/time'
import type { GroupResource } from '@/lib/registry/operations'
import { parseGroupReference } from '@/lib/registry/operations'
import { groupHref } from './place'

function Replacement({ name }: { name: string }) {
  const reference = parseGroupReference(name)
  if (!reference) return <code className="font-mono text-12">{name}</code>
  const href = groupHref({ name: reference.group, version: reference.version, environment: null })
  return (
    <Link href={toRoute(href)} className="link font-mono text-12">
      {name}
    </Link>
  )
}

const ReadsEnd = ({ sunset }: { sunset: string | null }) =>
  sunset ? (
    <>
      ; reads are refused from <Time at={sunset} precision="minute" /> on.
    </>
  ) : (
    '; reads go on, without an end date.'
  )

/** Why the version is on its way out, what takes its place, and until when it answers. */
export function DeprecationCallout({
  deprecation,
  isArchived = false,
}: {
  deprecation: GroupResource['deprecation']
  /** Then nothing is read any more, whatever was promised. */
  isArchived?: boolean
}) {
  if (!deprecation) return null
  const { reason, replacement, deprecated_at: since, sunset_at: sunset } = deprecation
  return (
    <Callout tone="warn" title="Deprecated">
      {reason}{' '}
      {replacement ? (
        <>
          Read <Replacement name={replacement} /> instead.{' '}
        </>
      ) : null}
      <span className="text-muted">
        Since <Time at={since} precision="day" />
        {isArchived ? '.' : <ReadsEnd sunset={sunset} />}
      </span>
    </Callout>
  )
}
