import { missing } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { dateOf } from '../calendar'
import { dayFacts, seenGroup, stripFacts } from '../day-facts'
import { stripRange } from '../day-strip'
import type { DayFacts } from '../judge-day'
import { watchedGroups } from '../queries'
import type { Day, VerdictClause } from '../resources'
import { contractClause } from '../verdict-clauses'

export interface ContractDays {
  /** What the verdict line says, from the same days. */
  verdict: VerdictClause
  days: Day[]
}

/** One day of a contract: kept, broken, or not judged since nothing came and no term is about the day. */
function contractDay(facts: DayFacts): Day {
  const { accepted, quarantined, broken = [], isJudged, startMs } = facts
  const date = dateOf(startMs)
  if (accepted + quarantined === 0 && !isJudged && broken.length === 0)
    return { date, state: 'no_data', detail: 'nothing arrived, and no term is about the day' }
  const terms = broken.map(({ observed, promised }) => `${observed}; promised: ${promised}`)
  if (quarantined > 0) terms.unshift(`${quarantined} held back`)
  if (terms.length === 0) return { date, state: 'ok', detail: 'kept' }
  const state = broken.some(({ severity }) => severity === 'fail') ? 'fail' : 'warn'
  return { date, state, detail: terms.join(' · ') }
}

/** The last 28 days of the contract of a group. Errors: `not_found`, masked. */
export async function getContractDays(
  ctx: Context,
  input: { group: string; version?: number },
  environment = ctx.environment,
): Promise<ContractDays> {
  const [group] = await watchedGroups(ctx, environment, [input.group], input.version)
  if (!group) throw missing('group', input.group)
  const range = stripRange(ctx, environment)
  const facts = await stripFacts(ctx, [group], range)
  const seen = seenGroup(ctx, group, facts, range)
  const days = dayFacts(seen, facts, range)
  return {
    verdict: contractClause({
      group: group.name,
      days,
      hasContract: seen.isContracted || group.versionId === null,
    }),
    days: days.map(contractDay),
  }
}
