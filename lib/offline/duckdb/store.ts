import type { OfflineStore, Spine } from '../port'
import { checkRows } from './check-rows'
import { checkWhole } from './check-whole'
import { infer } from './infer'
import { planJoin } from './join'
import { merge } from './merge'
import { entityKeys, newestPerKey } from './newest'
import { profile } from './profile'
import { rawRows } from './raw-rows'
import { answerOf, historyRows, latestPerKey, planRange } from './read'
import { rowsOfParquet } from './source'
import { stageSpine } from './spine'
import type { DuckDbSpine } from './spine-columns'
import { openSpine } from './spine-file'
import { write } from './write'

/** A join takes only spines that this store made. */
function ownSpine(spine: Spine): DuckDbSpine {
  if ('relation' in spine && typeof spine.relation === 'string') return { ...spine, relation: spine.relation }
  throw new TypeError('The spine was not opened by this store')
}

const numberedSpine = (spine: Spine): string => {
  const { numbered, relation } = ownSpine(spine)
  return numbered ?? `SELECT row_number() OVER () AS __almanac_row, * FROM (${relation})`
}

/** The offline store over DuckDB, whose statements run in the engine process. */
export const duckDbStore: OfflineStore = {
  write,
  checkWhole,
  checkRows,
  rowsOfParquet,
  rawRows,
  latestPerKey,
  newestPerKey,
  merge,
  entityKeys,
  stageSpine,
  openSpine,
  join: (request) => answerOf(planJoin(request, numberedSpine(request.spine))),
  range: (request) => answerOf(planRange(request)),
  rows: historyRows,
  profile,
  infer,
}
