export { abandoned, claimNext, type JobRow } from './claim'
export { enqueue, type NewJob } from './enqueue'
export {
  appendLog,
  endJob,
  heartbeat,
  requestCancel,
  requeue,
  saveCheckpoint,
  saveProgress,
} from './report'
