'use client'
import { useRouter } from 'next/navigation'
import { JobProgress } from '@/components/job/job-progress'
import { ButtonLink } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { TimedText } from '@/components/ui/timed-text'
import type { DatasetVersionResource } from '@/lib/datasets/operations'

/** A version that is not there yet, or never came to be. */
export function Building({ version }: { version: DatasetVersionResource }) {
  const router = useRouter()
  const again = (
    <ButtonLink href={`/datasets/new?name=${encodeURIComponent(version.dataset)}`}>
      Build the next version
    </ButtonLink>
  )
  if (version.state === 'failed') {
    return (
      <Callout tone="fail" title="The build failed" action={again}>
        <TimedText text={version.error ?? 'Its job says why.'} /> Nothing was kept of it.
      </Callout>
    )
  }
  if (version.state === 'cancelled') {
    return (
      <Callout tone="warn" title="The build was cancelled" action={again}>
        Nothing was kept of it.
      </Callout>
    )
  }
  return version.job ? <JobProgress id={version.job} onDone={() => router.refresh()} /> : null
}
