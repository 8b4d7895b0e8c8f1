import { and, type SQL, sql } from 'drizzle-orm'
import { db } from '@/db/client'
import { catalogDocuments as document } from '@/db/schema'
import { authorizeAtAll } from '@/lib/audit'
import { visible } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { edgesOf, type OpenEdge } from '@/lib/edges'
import { parseGroupReference } from '@/lib/registry'
import type { NeighbourResource, NeighboursResource } from './usage-operations'

interface Other {
  kind: string
  /** As the edge has it: `group@2`. */
  name: string
  relation: string
  since: string
}

const upstreamOf = (edge: OpenEdge): Other => ({
  kind: edge.fromKind,
  name: edge.fromName,
  relation: edge.relation,
  since: edge.validFrom,
})
const downstreamOf = (edge: OpenEdge): Other => ({
  kind: edge.toKind,
  name: edge.toName,
  relation: edge.relation,
  since: edge.validFrom,
})

/** The catalogue has one line a group, whatever the version. */
const lineOf = ({ kind, name }: Other) =>
  kind === 'group' ? (parseGroupReference(name)?.group ?? name) : name

async function describedLines(ctx: Context, others: readonly Other[]) {
  if (others.length === 0) return []
  const named = others.map((other): SQL => sql`(${other.kind}, ${lineOf(other)})`)
  return db()
    .select()
    .from(document)
    .where(
      and(
        sql`(${document.kind}, ${document.name}) in (${sql.join(named, sql`, `)})`,
        visible(ctx, {
          teamId: document.teamId,
          classification: document.classification,
          groupId: document.groupId,
        }),
      ),
    )
}

type Line = Awaited<ReturnType<typeof describedLines>>[number]

function neighbourOf(other: Other, lines: readonly Line[]): NeighbourResource {
  const line = lines.find(({ kind, name }) => kind === other.kind && name === lineOf(other))
  return {
    kind: other.kind,
    name: line ? other.name : null,
    relation: other.relation,
    since: line ? new Date(other.since).toISOString() : '',
    description: line?.description ?? null,
    owner_team: line?.team ?? null,
    lifecycle: line?.lifecycle ?? null,
  }
}

/** Edges of all the names that an asset has: a group, and each of its versions. */
async function edgesAt(kind: OpenEdgeKind, names: readonly string[]) {
  const edges = await Promise.all(
    names.map(async (name) => ({
      up: await edgesOf({ kind, name }, 'up'),
      down: await edgesOf({ kind, name }, 'down'),
    })),
  )
  return { up: edges.flatMap(({ up }) => up), down: edges.flatMap(({ down }) => down) }
}
type OpenEdgeKind = Parameters<typeof edgesOf>[0]['kind']

/**
 * What an asset reads from and what it feeds, one hop each way, by the names it goes by. What the caller may not know
 * of is there without its name. The caller has checked that its reader may know of the asset itself.
 */
export async function getNeighbours(
  ctx: Context,
  asset: { kind: OpenEdgeKind; names: readonly string[] },
): Promise<NeighboursResource> {
  await authorizeAtAll(ctx, 'catalog:describe')
  const { up, down } = await edgesAt(asset.kind, asset.names)
  const upstream = up.map(upstreamOf)
  const downstream = down.map(downstreamOf)
  const lines = await describedLines(ctx, [...upstream, ...downstream])
  return {
    upstream: upstream.map((other) => neighbourOf(other, lines)),
    downstream: downstream.map((other) => neighbourOf(other, lines)),
  }
}
