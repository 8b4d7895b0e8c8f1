import { authorize } from '@/lib/audit'
import type { Context } from '@/lib/core/context'
import { formRules, getFeatureGroup, groupFactsOf, impactOf, listSources } from '@/lib/registry'
import { impactQuery, listQuery } from '@/lib/registry/operations'

/** The served version to begin with, who reads it, and the rules. Errors: forbidden, not_found. */
export async function loadNewVersion(ctx: Context, name: string) {
  await authorize(ctx, 'group:update', await groupFactsOf(ctx, name))
  const group = await getFeatureGroup(ctx, name)
  const query = impactQuery.parse({ change: 'new_version', version: group.version })
  const [impact, rules, sources] = await Promise.all([
    impactOf(ctx, name, query),
    formRules(ctx),
    listSources(ctx, listQuery.parse({ limit: 200 })),
  ])
  return { group, impact, rules, sources: sources.data.map((source) => source.name) }
}
