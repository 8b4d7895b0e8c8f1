import { authorize } from '@/lib/audit'
import type { Context } from '@/lib/core/context'
import { formRules, getFeatureGroup, groupFactsOf, impactOf } from '@/lib/registry'
import { impactQuery } from '@/lib/registry/operations'

/** The served version to begin with, who reads it, and the rules. Errors: forbidden, not_found. */
export async function loadNewVersion(ctx: Context, name: string) {
  await authorize(ctx, 'group:update', await groupFactsOf(ctx, name))
  const group = await getFeatureGroup(ctx, name)
  const query = impactQuery.parse({ change: 'new_version', version: group.version })
  const [impact, rules] = await Promise.all([impactOf(ctx, name, query), formRules(ctx)])
  return { group, impact, rules }
}
