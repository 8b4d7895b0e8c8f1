'use client'
import { FactsList } from '@/components/ui/facts-list'
import { Name } from '@/components/ui/name'
import { Section } from '@/components/ui/section'
import { Time } from '@/components/ui/time'
import type { JobDetail } from '@/lib/jobs/operations'
import { JobLog } from './job-log'
import { JobProgress } from './job-progress'
import { jobAssetHref, resultFacts } from './job-words'
import { useJob } from './use-job'

function facts(job: JobDetail) {
  const href = jobAssetHref(job)
  return [
    { term: 'About', value: href ? <Name name={job.resource.name} href={href} /> : job.resource.name },
    { term: 'Asked by', value: job.by },
    { term: 'Asked', value: <Time at={job.created_at} /> },
    ...(job.environment ? [{ term: 'Environment', value: job.environment }] : []),
    ...(job.started_at ? [{ term: 'Started', value: <Time at={job.started_at} /> }] : []),
    ...(job.finished_at ? [{ term: 'Ended', value: <Time at={job.finished_at} /> }] : []),
    ...(job.attempts > 1 ? [{ term: 'Attempts', value: String(job.attempts) }] : []),
    ...resultFacts(job.result),
  ]
}

/** One job: how far it is, what came of it, what it wrote. */
export function JobPage({ initial }: { initial: JobDetail }) {
  const { job: query } = useJob(initial.id, initial)
  const job = query.data ?? initial
  return (
    <div className="flex flex-col gap-8">
      <JobProgress id={job.id} initial={job} />
      <Section title="Facts">
        <FactsList facts={facts(job)} />
      </Section>
      <Section title="Log">
        <JobLog log={job.log} />
      </Section>
    </div>
  )
}
