import type { RunnableJob } from '../define-job'

/** Every kind of job that this installation runs. */
export const definitions: RunnableJob[] = []
