import type { FeedbackResource } from '@/lib/feedback/operations'

export const kindWords: Record<FeedbackResource['kind'], string> = {
  form: 'Form',
  error: 'Failure',
  documentation: 'Guide',
}

/** Who keeps what was told, as a clause: "team flights and the administrators". */
export const keptFor = ({ owner_team }: Pick<FeedbackResource, 'owner_team'>): string =>
  owner_team === null ? 'the administrators' : `team ${owner_team} and the administrators`
