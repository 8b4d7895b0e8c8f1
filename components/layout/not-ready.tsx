import { WasThisHard } from '@/components/feedback/was-this-hard'
import { ErrorState } from '@/components/ui/error-state'
import { RefusedState } from '@/components/ui/refused-state'
import type { DecisionDetail } from '@/lib/core/errors'

export type NotReadyState =
  | { state: 'refused'; message: string; decision: DecisionDetail | undefined }
  | { state: 'missing'; message: string }
  | { state: 'failed'; code: string; message: string; requestId: string }

const names = new Intl.ListFormat('en', { type: 'disjunction' })

/** Who can lift a refusal, in one sentence. */
export function helpSentence(decision: Pick<DecisionDetail, 'who_can_help'> | undefined): string {
  const people = decision?.who_can_help ?? []
  return people.length > 0 ? `Ask ${names.format(people)}.` : 'An administrator of this portal can help.'
}

interface NotReadyProps {
  loaded: NotReadyState
  /** What could not be shown: "The audit log". */
  what: string
}

/** In place of content that is refused, missing or failed. */
export function NotReady({ loaded, what }: NotReadyProps) {
  if (loaded.state === 'refused') {
    return <RefusedState because={loaded.message} help={helpSentence(loaded.decision)} outlined />
  }
  const requestId = loaded.state === 'failed' ? loaded.requestId : undefined
  const problem = { detail: loaded.message, ...(requestId ? { request_id: requestId } : {}) }
  return (
    <ErrorState
      title={`${what} cannot be shown`}
      problem={problem}
      aside={requestId ? <WasThisHard kind="error" requestId={requestId} /> : null}
    />
  )
}
