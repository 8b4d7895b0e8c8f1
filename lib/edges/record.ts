import { and, eq, isNull, or } from 'drizzle-orm'
import type { Executor } from '@/db/client'
import { edges } from '@/db/schema'
import { newId } from '@/lib/core/ids'

/** An asset as lineage names it: `group`, `group@2`, service, entity or source name. */
export interface AssetName {
  kind: 'source' | 'group' | 'feature' | 'entity' | 'service' | 'dataset' | 'model'
  name: string
}

export interface Edge {
  /** Upstream. */
  from: AssetName
  /** Downstream. */
  to: AssetName
  /** What the edge says, e.g. `feeds`, `describes`, `selected_by`, `replaced_by`. */
  relation: string
}

const sameEdge = ({ from, to, relation }: Edge) =>
  and(
    eq(edges.fromKind, from.kind),
    eq(edges.fromName, from.name),
    eq(edges.toKind, to.kind),
    eq(edges.toName, to.name),
    eq(edges.relation, relation),
    isNull(edges.validTo),
  )

/** Writes an edge in the act's own transaction; one that is already open stays as it is. */
export async function recordEdge(tx: Executor, edge: Edge & { author: string; at?: Date }): Promise<void> {
  const { from, to, relation, author, at } = edge
  await tx
    .insert(edges)
    .values({
      id: newId(),
      fromKind: from.kind,
      fromName: from.name,
      toKind: to.kind,
      toName: to.name,
      relation,
      author,
      ...(at ? { validFrom: at.toISOString() } : {}),
    })
    .onConflictDoNothing()
}

/** Ends an edge from an instant on; its past stays. */
export async function closeEdge(tx: Executor, edge: Edge, at: Date): Promise<void> {
  await tx.update(edges).set({ validTo: at.toISOString() }).where(sameEdge(edge))
}

/** Ends every open edge from and to an asset that ceases to be. */
export async function closeEdgesOf(tx: Executor, asset: AssetName, at: Date): Promise<void> {
  await tx
    .update(edges)
    .set({ validTo: at.toISOString() })
    .where(
      and(
        isNull(edges.validTo),
        or(
          and(eq(edges.fromKind, asset.kind), eq(edges.fromName, asset.name)),
          and(eq(edges.toKind, asset.kind), eq(edges.toName, asset.name)),
        ),
      ),
    )
}
