import Link from 'next/link'
import { groupHref } from '@/components/feature-group/place'
import { Callout } from '@/components/ui/callout'
import { toRoute } from '@/components/ui/route'
import { Time } from '@/components/ui/time'
import { parseGroupReference } from '@/lib/registry/plain'
import type { Ended } from './asset'

const graceOf = { all: 'everybody', person: 'you', key: 'your API key' } as const

function Instead({ replacement }: { replacement: string }) {
  const reference = parseGroupReference(replacement)
  const href = groupHref({
    name: reference?.group ?? replacement,
    version: reference?.version ?? null,
    environment: null,
  })
  return (
    <>
      {' '}
      Read{' '}
      <Link className="link font-mono text-12" href={toRoute(href)}>
        {replacement}
      </Link>{' '}
      instead.
    </>
  )
}

/** Since when a version is refused, what takes its place, and who reads on. */
export function EndedNote({ ended: { name, since, grace, replacement } }: { ended: Ended }) {
  return (
    <Callout tone={grace ? 'warn' : 'fail'} title={`${name} has ended`}>
      Reads are refused (410) since <Time at={since} precision="minute" />.
      {replacement ? <Instead replacement={replacement} /> : ' Nothing was named that takes its place.'}
      {grace ? (
        <p>
          A grace lets {graceOf[grace.of]}
          {grace.of === 'key' ? <span className="font-mono text-12"> {grace.name}</span> : null} read on until{' '}
          <Time at={grace.until} precision="minute" />.
        </p>
      ) : null}
    </Callout>
  )
}
