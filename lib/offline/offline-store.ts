import { duckDbStore } from './duckdb/store'
import type { OfflineStore } from './port'

/** The one offline store of this process. */
export const offlineStore = (): OfflineStore => duckDbStore
