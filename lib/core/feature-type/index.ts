export { convertJson, convertKey, convertText } from './convert'
export { compareDecimals, doubleHoldsText, scaledInteger } from './decimal-text'
export { engineType, toEngineText } from './engine-text'
export {
  elementType,
  encodeEntityKey,
  fragmentSeparator,
  int64Spelling,
  longestKeyBytes,
  toFragment,
  toJsonValue,
} from './fragment'
export { fittingTypes, inferColumnType, inferJsonColumnType } from './infer'
export { formatFeatureType, isKeyType, isNumericType, parseFeatureType } from './parse-type'
export { formatTimestamp, microsFromDate, parseEventTime } from './time'
export type { CanonicalValue, FeatureType } from './types'
