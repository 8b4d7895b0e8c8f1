export { convertJson, convertKey, convertText } from './convert'
export { engineType, toEngineText } from './engine-text'
export { elementType, encodeEntityKey, fragmentSeparator, toFragment, toJsonValue } from './fragment'
export { fittingTypes, inferColumnType, inferJsonColumnType } from './infer'
export { formatFeatureType, isKeyType, isNumericType, keyKinds, parseFeatureType } from './parse-type'
export { formatTimestamp, microsFromDate, parseEventTime } from './time'
export type {
  CanonicalValue,
  Conversion,
  ConversionRule,
  EmbeddingMetric,
  FeatureType,
  ScalarKind,
} from './types'
export { embeddingMetrics, scalarKinds } from './types'
