import type { RunnableJob } from '../define-job'
import { buildDatasetJob, recreateDatasetJob, verifyDatasetJob } from './build-dataset'
import { clearOnlineJob } from './clear-online'
import { compactJob } from './compact'
import { definitionsJob } from './definitions'
import { examplesDayJob } from './examples'
import { materializeJob } from './materialize'
import { archiveByPolicyJob, retirementDayJob } from './retirement'
import { transformationJob } from './transformation'

/** Every kind of job that this installation runs. */
export const definitions: RunnableJob[] = [
  transformationJob,
  materializeJob,
  clearOnlineJob,
  compactJob,
  buildDatasetJob,
  verifyDatasetJob,
  recreateDatasetJob,
  definitionsJob,
  retirementDayJob,
  archiveByPolicyJob,
  examplesDayJob,
]
