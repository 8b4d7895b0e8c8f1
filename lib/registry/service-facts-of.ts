import type { Executor } from '@/db/client'
import type { ResourceFacts } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { describedService } from './service-queries'

/** What the policies may know of a service. Errors: not_found, equal for a missing and a hidden one. */
export const serviceFactsOf = async (
  ctx: Context,
  name: string,
  executor?: Executor,
): Promise<ResourceFacts> => (await describedService(ctx, name, executor)).facts
