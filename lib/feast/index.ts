export { getFeastOnlineFeatures } from './get-online-features'
export { materialize, materializeIncremental } from './materialize'
export { push, writeToOnlineStore } from './write-frame'
