export {
  applyDatedRows,
  applyOnlineRows,
  countAppliedKeys,
  type DatedRow,
  type OnlineRow,
} from './apply-rows'
export { clearViews } from './clear-views'
export { isoOfDatabaseTime } from './instant'
export { mayReadAsBefore, mayReadAtAll } from './may-read'
export { stopHearingRegistry } from './plan-cache'
export { type ColumnsRequest, type ReadColumns, readColumns } from './read-columns'
export { keysOfPath, readOneKey } from './read-one-key'
export { answerOnlineFeatures, type OnlineAnswer, readOnlineFeatures } from './read-online-features'
export { type Entities, isColumns } from './read-request'
export { replaceOnlineRows } from './replace-rows'
export { keepServed, type ServedValues, takeServed } from './served-sample'
export { onlineWatermark } from './watermark'
