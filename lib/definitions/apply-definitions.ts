import { inOneTransaction } from '@/db/client'
import { authorizeAtAll } from '@/lib/audit'
import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import { parseInput } from '@/lib/core/parse-input'
import { submitTogether } from '@/lib/governance'
import { submitTestedVersion } from '@/lib/ingestion'
import { applyInput } from './operations'
import { planDefinitions } from './plan-definitions'
import type { AppliedResource, PlanResource } from './resources'
import { type Progress, runDefinitions } from './run-definitions'

const mostTold = 100

function requireFaultless(plan: PlanResource): void {
  const faults = [...plan.faults, ...plan.items.flatMap((item) => item.faults)]
  const [first] = faults
  if (!first) return
  const more = faults.length > 1 ? ` (and ${faults.length - 1} more)` : ''
  throw new DomainError(
    'invalid',
    `Nothing was applied. ${first.path}:${first.line}: ${first.reason}${more}`,
    {
      errors: faults.slice(0, mostTold).map(({ pointer, reason, code, path, line }) => ({
        pointer: `/${path.replaceAll('~', '~0').replaceAll('/', '~1')}${pointer}`,
        reason: `${path}:${line}: ${reason}`,
        code,
      })),
      extensions: { faults: faults.slice(0, mostTold) },
    },
  )
}

function requirePlanned(plan: PlanResource, asked: string | undefined): void {
  if (asked === undefined || asked === plan.plan) return
  throw new DomainError(
    'conflict',
    'The registry or the files changed since the plan was made: other acts would be taken now. Plan again.',
    { extensions: { plan: plan.plan, summary: plan.summary } },
  )
}

/** What was done could not be submitted: it is rolled back. */
class NotSubmitted extends Error {
  constructor(readonly why: DomainError) {
    super(why.message)
  }
}

const longestTitle = 200

/** Everything that a second person has to approve, as one review; null when nothing has to be. */
async function submitAll(ctx: Context, { items }: PlanResource, reason: string | undefined) {
  const waiting = items.flatMap(({ name, version, act, waits }) =>
    waits && act !== 'none' && version !== null ? [{ group: name, version }] : [],
  )
  const [only, ...others] = waiting
  if (!only) return null
  if (others.length === 0) {
    // One version needs no set around it.
    await submitTestedVersion(ctx, only.group, only.version, reason === undefined ? {} : { reason })
    return null
  }
  const title = (reason?.split('\n', 1)[0] || `Definitions of ${waiting.length} feature groups`).slice(
    0,
    longestTitle,
  )
  const { id } = await submitTogether(ctx, {
    title,
    items: waiting,
    ...(reason === undefined ? {} : { reason }),
  })
  return id
}

/**
 * Brings the registry to what the files say: all of it or nothing. What needs a second person is submitted.
 * `keep` is called with the outcome in the transaction of the acts. Errors: `forbidden`, `invalid` naming file and line
 * of each fault, `conflict` when it is not what was planned.
 */
export async function applyDefinitions(
  ctx: Context,
  body: unknown,
  { progress, keep }: { progress?: Progress; keep?: (applied: AppliedResource) => Promise<void> } = {},
): Promise<AppliedResource> {
  await authorizeAtAll(ctx, 'group:create')
  const { files, reason, plan: asked } = parseInput(applyInput, body)
  const applying = inOneTransaction(async () => {
    const plan = await runDefinitions(ctx, files, { reason, progress, triesSubmission: false })
    requireFaultless(plan)
    requirePlanned(plan, asked)
    await progress?.(plan.items.length, plan.items.length, 'Submitting what waits for a second person')
    const set = await submitAll(ctx, plan, reason).catch((error: unknown) => {
      throw error instanceof DomainError ? new NotSubmitted(error) : error
    })
    const applied = { ...plan, change_set: set }
    ctx.signal.throwIfAborted()
    await keep?.(applied)
    return applied
  })
  return applying.catch(async (error: unknown) => {
    if (!(error instanceof NotSubmitted)) throw error
    // The first fault ended it; a plan finds all of them, with their lines.
    requireFaultless(await planDefinitions(ctx, { files, ...(reason === undefined ? {} : { reason }) }))
    throw error.why
  })
}
