import { inArray } from 'drizzle-orm'
import { db } from '@/db/client'
import { catalogDocuments } from '@/db/schema'
import { type Action, decide, type ResourceFacts } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import type { AssetKind } from './operations'

type Line = typeof catalogDocuments.$inferSelect

/** What changing an asset needs, and of what; a feature is changed through its group. */
const acts: Partial<Record<AssetKind, { action: Action; kind: ResourceFacts['kind'] }>> = {
  group: { action: 'group:update', kind: 'group' },
  feature: { action: 'group:update', kind: 'group' },
  service: { action: 'service:update', kind: 'service' },
  entity: { action: 'group:update', kind: 'entity' },
  source: { action: 'group:update', kind: 'source' },
}

function mayEdit(ctx: Context, line: Line): boolean {
  const act = acts[line.kind]
  if (!act) return false
  const { allowed } = decide(ctx, act.action, {
    kind: act.kind,
    id: line.groupId ?? line.name,
    name: line.groupName ?? line.name,
    teamId: line.teamId,
    team: line.team,
    classification: classificationOf(line),
    tags: line.tags,
  })
  return allowed
}

const known: readonly ResourceFacts['classification'][] = ['public', 'internal', 'confidential', 'restricted']
const classificationOf = ({ classification }: Line): ResourceFacts['classification'] =>
  known.find((one) => one === classification) ?? 'restricted'

interface Listed {
  kind: AssetKind
  name: string
}

/** Which assets of a page of a list the caller may change, as `kind/name`: nobody is led to a refusal. */
export async function editableAssets(ctx: Context, assets: readonly Listed[]): Promise<Set<string>> {
  if (assets.length === 0) return new Set()
  const wanted = new Set(assets.map(({ kind, name }) => `${kind}/${name}`))
  const lines = await db()
    .select()
    .from(catalogDocuments)
    .where(
      inArray(
        catalogDocuments.name,
        assets.map(({ name }) => name),
      ),
    )
  const editable = lines.filter((line) => wanted.has(`${line.kind}/${line.name}`) && mayEdit(ctx, line))
  return new Set(editable.map(({ kind, name }) => `${kind}/${name}`))
}
