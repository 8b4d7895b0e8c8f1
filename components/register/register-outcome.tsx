import Link from 'next/link'
import { IngestDone, IngestRefused } from '@/components/ingest/ingest-outcome'
import { Button, ButtonLink } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { formatCount } from '@/components/ui/format-number'
import { MarkedProse } from '@/components/ui/marked-prose'
import { toRoute } from '@/components/ui/route'
import type { RegisterOutcome as Outcome } from './use-register'

const mostNamed = 12

/** Mandatory fields that are still empty, a feature's own among them. */
function Missing({ missing }: { missing: readonly { pointer: string; reason: string }[] }) {
  const more = missing.length - mostNamed
  return (
    <ul className="prose list-disc pl-4 empty:hidden">
      {missing.slice(0, mostNamed).map(({ pointer, reason }) => (
        <li key={pointer}>
          <MarkedProse text={reason} />
        </li>
      ))}
      {more > 0 ? <li>{formatCount(more)} more</li> : null}
    </ul>
  )
}

/** What became of the registration, and what can be done next. */
export function RegisterOutcome({ outcome, onAnother }: { outcome: Outcome; onAnother: () => void }) {
  const { group } = outcome
  const page = `/groups/${encodeURIComponent(group.name)}`
  const environment = group.environments[0]?.name ?? 'prod'
  return (
    <div className="flex max-w-[68ch] flex-col gap-4">
      <Callout tone="ok" title={`${group.name} is registered`}>
        {group.state === 'active'
          ? `Version 1 is active in ${group.environments.map(({ name }) => name).join(', ')}.`
          : group.missing.length > 0
            ? 'Version 1 is a draft: what is listed below is still empty. It takes rows once it is active.'
            : 'Version 1 is a draft: a second person has to approve it before it takes rows.'}{' '}
        <Link className="link" href={toRoute(page)}>
          Open its page
        </Link>
      </Callout>
      {group.state === 'draft' ? <Missing missing={group.missing} /> : null}
      {outcome.kind === 'ingested' ? (
        <IngestDone group={group.name} environment={environment} answer={outcome.answer} />
      ) : null}
      {outcome.kind === 'not-ingested' ? <IngestRefused error={outcome.error} /> : null}
      <div className="flex flex-wrap gap-2">
        {group.state === 'draft' && group.missing.length > 0 ? (
          <ButtonLink variant="primary" href={`${page}/edit`}>
            Fill what is missing
          </ButtonLink>
        ) : null}
        {group.state === 'draft' && group.missing.length === 0 ? (
          <ButtonLink variant="primary" href={`${page}/review?version=${group.version}`}>
            Submit for review
          </ButtonLink>
        ) : null}
        <ButtonLink variant={group.state === 'draft' ? 'secondary' : 'primary'} href={page}>
          Open {group.name}
        </ButtonLink>
        {group.state === 'active' ? <ButtonLink href={`${page}/ingest`}>Ingest rows</ButtonLink> : null}
        <Button onClick={onAnother}>Register another</Button>
      </div>
    </div>
  )
}
