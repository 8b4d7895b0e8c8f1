export { abandoned, claimNext, type JobRow } from './claim'
export { enqueue, type NewJob } from './enqueue'
export {
  appendLog,
  endJob,
  heartbeat,
  type JobEnd,
  type JobProgress,
  requestCancel,
  requeue,
  saveCheckpoint,
  saveProgress,
} from './report'
