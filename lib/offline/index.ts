import { duckDbStore } from './duckdb/store'
import type { OfflineStore } from './port'

export { profileArrivals } from './duckdb/profile-arrivals'
export { type ColumnOrder, profileOrder } from './duckdb/profile-order'
export type { Period, WatchedKind } from './duckdb/profile-watched'
export { profileWindows, type WindowColumn, type WindowCounts } from './duckdb/profile-windows'
export { checkExpression, checkSelect } from './duckdb/select-source'
export { EngineError, engineHealth } from './engine-client'
export { type EngineProcess, startEngine } from './engine-supervisor'
export type * from './port'
export type { EngineHealth } from './protocol'
export { operationColumn, rowColumn, stagedColumns, stagedRow } from './staged'

/** The one offline store of this process. */
export const offlineStore = (): OfflineStore => duckDbStore
