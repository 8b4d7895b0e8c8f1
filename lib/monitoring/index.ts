export { type CompareAnswer, compareSamples } from './compare'
export { type DriftInput, getDriftSeries } from './drift-series'
export { listProfiles } from './list-profiles'
export { getStatistics, type StatisticsInput } from './statistics'
