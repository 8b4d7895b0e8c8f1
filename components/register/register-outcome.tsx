import Link from 'next/link'
import { IngestDone, IngestRefused } from '@/components/ingest/ingest-outcome'
import { Button, ButtonLink } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { toRoute } from '@/components/ui/route'
import type { RegisterOutcome as Outcome } from './use-register'

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
            ? 'Version 1 is a draft: mandatory fields are still empty.'
            : 'Version 1 is a draft: a second person has to approve it before it takes rows.'}{' '}
        <Link className="link" href={toRoute(page)}>
          Open its page
        </Link>
      </Callout>
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
