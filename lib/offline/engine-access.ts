/** For rooms that keep files of their own beside the history: the engine, and the one way in which SQL is written. */

export { commitExtras, scanHistory } from './duckdb/history'
export { planJoin } from './duckdb/join'
export { knownAt } from './duckdb/known'
export { answerOf } from './duckdb/read'
export { stageSpine } from './duckdb/spine'
export type { DuckDbSpine } from './duckdb/spine-columns'
export { openSpine } from './duckdb/spine-file'
export { identifier, text as sqlText, timestamp as sqlTimestamp } from './duckdb/sql'
export { EngineError, execute, queryRows, runInEngine } from './engine-client'
export { exactParquet } from './protocol'
