import type { Executor } from '@/db/client'
import type { ResourceFacts } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { describedGroup, groupFacts } from './queries'

/** What the policies may know of a group. Errors: not_found, equal for a missing and a hidden one. */
export const groupFactsOf = async (ctx: Context, name: string, executor?: Executor): Promise<ResourceFacts> =>
  groupFacts(await describedGroup(ctx, name, executor))
