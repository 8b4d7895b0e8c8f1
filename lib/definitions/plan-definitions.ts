import { authorizeAtAll } from '@/lib/audit'
import type { Context } from '@/lib/core/context'
import { parseInput } from '@/lib/core/parse-input'
import { planInput } from './operations'
import type { PlanResource } from './resources'
import { type Progress, rehearse, runDefinitions } from './run-definitions'

/**
 * What applying the files would do, found out by doing it in a transaction that is rolled back. Faults stand in the
 * answer, each with its file and line. Errors: `forbidden`, `invalid` for a body that holds no files.
 */
export async function planDefinitions(
  ctx: Context,
  body: unknown,
  progress?: Progress,
): Promise<PlanResource> {
  await authorizeAtAll(ctx, 'group:create')
  const { files, reason } = parseInput(planInput, body)
  return rehearse(() => runDefinitions(ctx, files, { reason, progress }))
}
