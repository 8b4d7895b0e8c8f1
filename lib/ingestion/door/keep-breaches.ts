import { db, type Transaction } from '@/db/client'
import { type Breach, type BreachPlace, closeBreaches, keepBreaches } from '@/lib/contracts'
import type { ServingVersion } from '@/lib/registry'
import type { FaultLog } from '../faults'
import type { IngestAnswer } from '../operations'
import type { RowPlan } from '../row-plan'
import { promisedBy } from './promised'

const placeOf = (version: ServingVersion, { door }: RowPlan): BreachPlace => ({
  groupId: version.groupId,
  versionId: version.versionId,
  environment: version.environment,
  contract: door.contract,
})

/** Whether anything is promised that a batch could break. */
const promises = (version: ServingVersion, { door }: RowPlan): boolean =>
  door.contract !== null || version.features.some(({ contract }) => contract !== null)

/** What kept rows out, by rule and column. */
function keptOut(
  plan: RowPlan,
  { tally }: FaultLog,
  outcome: 'held_back' | 'refused',
  checked: number | null,
): Breach[] {
  return [...tally.values()].map(({ rule, column, rows }) => ({
    rule,
    feature: column,
    outcome,
    severity: 'fail' as const,
    rows,
    checked,
    observed: rows === 0 ? 'the batch as a whole' : `${rows}${checked === null ? '' : ` of ${checked}`} rows`,
    promised: promisedBy(plan, rule, column),
  }))
}

/** Keeps, in the transaction of the batch, what it broke, and ends what it kept. */
export async function keepOfBatch(
  tx: Transaction,
  at: Date,
  version: ServingVersion,
  plan: RowPlan,
  log: FaultLog,
  { commit, created, accepted, quarantined, warnings }: IngestAnswer,
): Promise<void> {
  if (!promises(version, plan)) return
  const place = placeOf(version, plan)
  const held = quarantined > 0 ? keptOut(plan, log, 'held_back', accepted + quarantined) : []
  const breaches: Breach[] = [
    ...warnings.map((warning): Breach => ({ ...warning, outcome: 'accepted', severity: 'warn' })),
    ...held,
  ]
  const instant = created ?? at.toISOString()
  if (accepted > 0) await closeBreaches(tx, place, instant, breaches)
  const name = commit ?? `held ${instant}`
  await keepBreaches(tx, place, { name, at: instant, commit }, breaches)
}

/** Keeps why a batch was refused, one row a day and term. */
export async function keepOfRefusal(
  at: Date,
  version: ServingVersion,
  plan: RowPlan,
  log: FaultLog,
): Promise<void> {
  if (!promises(version, plan)) return
  const instant = at.toISOString()
  const event = { name: `refused ${instant.slice(0, 10)}`, at: instant }
  await keepBreaches(db(), placeOf(version, plan), event, keptOut(plan, log, 'refused', null))
}
