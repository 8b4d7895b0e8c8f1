export { applyOnlineRows, countAppliedKeys, type OnlineRow } from './apply-rows'
export { isoOfDatabaseTime } from './instant'
