import type { FeedbackResource } from '@/lib/feedback/operations'

/** Where it was asked; the path is added by itself. */
export interface HardPlace {
  kind: FeedbackResource['kind']
  /** What the form's button says. */
  form?: string | undefined
  /** Of the answer that failed. */
  requestId?: string | undefined
}
