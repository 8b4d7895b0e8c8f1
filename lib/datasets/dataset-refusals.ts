import type { Decision } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { describedVersion } from './queries'
import { changeDecision, columnRights, describedParts, mayRead } from './rights'

export interface DatasetRefusals {
  /** Why its rows are not the reader's to see; null when they are. */
  read: string | null
  /** Why not even rows with some columns masked are; null when they are. */
  rows: string | null
  /** Why its files are not the reader's to delete or make again. */
  change: string | null
}

const whyNot = ({ allowed, rule }: Decision): string | null => (allowed ? null : rule)

/** What a page may offer on a version; nothing is recorded. Errors: `not_found`. */
export async function datasetRefusals(ctx: Context, name: string, number: number): Promise<DatasetRefusals> {
  const version = await describedVersion(ctx, name, number)
  const own = { ...ctx, environment: version.environment }
  const described = await describedParts(own, version.parts)
  const [read, rows] = await Promise.all([mayRead(own, version), columnRights(own, version)])
  // The rule would name a group that the reader may not know of.
  const told = (decision: Decision) =>
    decision.allowed || described.every(Boolean)
      ? whyNot(decision)
      : 'It holds columns that you may not read.'
  return {
    read: told(read),
    rows: told(rows.decision),
    change: whyNot(changeDecision(own, version.facts, version.createdBy)),
  }
}
