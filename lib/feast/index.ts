export { getFeastOnlineFeatures } from './get-online-features'
export { push, writeToOnlineStore } from './write-frame'
