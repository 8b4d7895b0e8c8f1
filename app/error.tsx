'use client'
import { WasThisHard } from '@/components/feedback/was-this-hard'
import { ErrorState } from '@/components/ui/error-state'

/** A page that failed inside the frame. The digest is what the server's log names the failure by. */
export default function PageError({
  error,
  reset,
}: {
  error: Error & { digest?: string }
  reset: () => void
}) {
  return (
    <main className="px-6 py-8">
      <ErrorState
        title="This page could not be built"
        problem={{
          detail: 'The failure stands in the server log under the number below.',
          ...(error.digest ? { request_id: error.digest } : {}),
        }}
        onRetry={reset}
        aside={<WasThisHard kind="error" requestId={error.digest} />}
      />
    </main>
  )
}
