import type { RunnableJob } from '../define-job'
import { buildDatasetJob, recreateDatasetJob, verifyDatasetJob } from './build-dataset'
import { transformationJob } from './transformation'

/** Every kind of job that this installation runs. */
export const definitions: RunnableJob[] = [
  transformationJob,
  buildDatasetJob,
  verifyDatasetJob,
  recreateDatasetJob,
]
