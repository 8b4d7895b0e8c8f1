export { deleteRows } from './delete-rows'
export { type CommitEvent, onCommit } from './events'
export { type InferInput, inferDefinition } from './infer'
export { type IngestInput, ingestRows } from './ingest-rows'
export { listCommits } from './list-commits'
export type { IngestAnswer } from './operations'
export { finishOnline, startOnlineOutbox } from './outbox'
export { listQuarantine, replayQuarantine } from './quarantine'
export { streamRows } from './stream-rows'
export { sweepStaging } from './sweep'
export {
  listTransformationRuns,
  runTransformation,
  type TransformationRun,
  type TransformationRunRecord,
} from './transform'
export { onlineWatermark } from './watermark'
