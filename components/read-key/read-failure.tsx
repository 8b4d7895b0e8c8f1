import { helpSentence } from '@/components/layout/not-ready'
import { ErrorState } from '@/components/ui/error-state'
import { RefusedState } from '@/components/ui/refused-state'
import { ProblemError } from '@/lib/api-client'

interface ReadFailureProps {
  error: Error
  onRetry: () => void
}

const unforeseen = { detail: 'The portal did not answer as expected. Try again.' }

/** Why a key was not read: the rule that refused it, or what failed. */
export function ReadFailure({ error, onRetry }: ReadFailureProps) {
  if (!(error instanceof ProblemError)) {
    return <ErrorState title="The key was not read" problem={unforeseen} onRetry={onRetry} />
  }
  const { problem } = error
  if (problem.code === 'forbidden') {
    return <RefusedState because={problem.detail} help={helpSentence(problem.decision)} />
  }
  const isTransient = problem.status === 0 || problem.status === 429 || problem.status >= 500
  return <ErrorState title="The key was not read" problem={problem} {...(isTransient ? { onRetry } : {})} />
}
