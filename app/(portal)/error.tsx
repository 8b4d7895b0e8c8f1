'use client'
import { WasThisHard } from '@/components/feedback/was-this-hard'
import { ErrorState } from '@/components/ui/error-state'

interface Props {
  error: Error & { digest?: string }
  reset: () => void
}

/** A page that failed: the frame around it stays. The digest is what the server's log names the failure by. */
export default function PortalError({ error, reset }: Props) {
  return (
    <ErrorState
      title="This page could not be built"
      problem={{
        detail: 'The failure stands in the server log under the number below.',
        ...(error.digest ? { request_id: error.digest } : {}),
      }}
      onRetry={reset}
      aside={<WasThisHard kind="error" requestId={error.digest} />}
    />
  )
}
