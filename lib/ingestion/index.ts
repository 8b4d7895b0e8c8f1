export { commitsCsv } from './commits-csv'
export { compactionInput, requestCompaction, runCompaction } from './compact/request-compaction'
export { startCompaction } from './compact/service'
export { deleteRows } from './delete-rows'
export { discardQuarantine, holdQuarantine } from './discard'
export { listenToCommits } from './events'
export { getCommit } from './get-commit'
export { inferDefinition } from './infer'
export { ingestRecords } from './ingest-records'
export { type IngestInput, ingestRows } from './ingest-rows'
export { listCommits } from './list-commits'
export { materializeNow, materializeSoon } from './materialize/materialize-now'
export { materializationInput, requestMaterialization } from './materialize/request-materialization'
export { runMaterialization } from './materialize/run-materialization'
export { finishOnline, startOnlineOutbox } from './outbox'
export { listQuarantine, replayQuarantine } from './quarantine'
export { revertCommit } from './revert/revert-commit'
export { streamRows } from './stream-rows'
export { sweepStaging } from './sweep'
export {
  addCheckedVersion,
  checkTested,
  registerCheckedGroup,
  restoreCheckedVersion,
  submitTestedVersion,
  testVersion,
} from './transform/checked-versions'
export { getCoverage } from './transform/get-coverage'
export { getTransformationRun, listTransformationRuns } from './transform/list-runs'
export { runQueued, transformationJobInput } from './transform/run-job'
export { queueRun, runNow } from './transform/run-now'
export { runTransformation } from './transform/run-transformation'
export { scheduleRuns } from './transform/schedule-runs'
export { startScheduler } from './transform/scheduler'
export { getTransformation, takeOverTransformation } from './transform/transformation-status'
