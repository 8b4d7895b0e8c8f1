import type { DecisionDetail, FieldError } from '@/lib/core/errors'

/** A problem document as the interface sends it. */
export interface ProblemDocument {
  type: string
  title: string
  status: number
  detail: string
  instance: string
  code: string
  request_id: string
  errors?: FieldError[]
  decision?: DecisionDetail
  [member: string]: unknown
}

/** A request that the portal answered with a problem, or that never reached it (status 0). */
export class ProblemError extends Error {
  readonly problem: ProblemDocument

  constructor(problem: ProblemDocument) {
    super(problem.detail)
    this.name = 'ProblemError'
    this.problem = problem
  }
}

export const unreachable = (instance: string, cause: unknown): ProblemError =>
  new ProblemError({
    type: '/docs/errors/unavailable',
    title: 'No answer',
    status: 0,
    detail: `The portal did not answer (${cause instanceof Error ? cause.message : 'connection lost'}). Nothing is lost here; try again.`,
    instance,
    code: 'unavailable',
    request_id: '',
  })
