export { contentTypeOfFormat, formatOfAccept } from './answer-format'
export { arrowToParquet } from './arrow/arrow-to-parquet'
export { aggregationFault } from './duckdb/aggregation-fault'
export { canBecome } from './duckdb/can-become'
export { gathersRows } from './duckdb/gathers-rows'
export { keepNanoseconds } from './duckdb/parquet-nanoseconds'
export { type DayRows, profileArrivals } from './duckdb/profile-arrivals'
export { type ColumnOrder, profileOrder } from './duckdb/profile-order'
export { type ColumnGlance, profileRows, type RowsGlance } from './duckdb/profile-rows'
export {
  type ColumnSketch,
  distinctOf,
  mostSketchValues,
  profileSketch,
  sketchBase,
} from './duckdb/profile-sketch'
export { profileValues } from './duckdb/profile-values'
export type { WatchedKind } from './duckdb/profile-watched'
export { profileWindows, type WindowColumn, type WindowCounts } from './duckdb/profile-windows'
export { SelectError } from './duckdb/select-error'
export { describeSelect, type SelectedColumn } from './duckdb/select-source'
export { filesMatching, timesOfFiles } from './duckdb/source-files'
export type { SourceType } from './duckdb/source-type'
export { syncFolder } from './duckdb/write'
export * from './engine-access'
export { engineHealth } from './engine-client'
export { type EngineProcess, startEngine } from './engine-supervisor'
export { getHistoricalFeatures, type KeptSpineName } from './get-historical-features'
export { getTrainingData } from './get-training-data'
export { historyIn, historyOf } from './history-of'
export { keyColumns } from './join-keys'
export { instantMicros } from './known-at'
export { latestRows, latestRowsCsv } from './latest-rows'
export { type AllowedRead, allowRead } from './may-read'
export { offlineStore } from './offline-store'
export {
  type HistoricalPlan,
  type HistoricalSelection,
  historicalSelection,
  type PlannedGroup,
  planHistorical,
} from './plan-historical'
export type * from './port'
export { receiveHistoricalRequest } from './receive-request'
export { stagedColumns, stagedRow } from './staged'
export { stagingFolder, stagingPath } from './staging-path'
export { fileVersion, fileWaiting, manyUnfiled, noteUnfiled } from './unfiled'
