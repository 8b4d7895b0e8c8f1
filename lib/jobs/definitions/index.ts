import type { RunnableJob } from '../define-job'
import { transformationJob } from './transformation'

/** Every kind of job that this installation runs. */
export const definitions: RunnableJob[] = [transformationJob]
