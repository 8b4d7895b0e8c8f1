import { and, asc, eq, isNull, or } from 'drizzle-orm'
import { db, type Executor } from '@/db/client'
import { edges } from '@/db/schema'
import type { AssetName } from './record'

export interface OpenEdge {
  fromKind: string
  fromName: string
  toKind: string
  toName: string
  relation: string
  author: string
  validFrom: string
}

const columns = {
  fromKind: edges.fromKind,
  fromName: edges.fromName,
  toKind: edges.toKind,
  toName: edges.toName,
  relation: edges.relation,
  author: edges.author,
  validFrom: edges.validFrom,
}

/**
 * The open edges at an asset, oldest first: `up` into it, `down` out of it.
 * Names of other assets: the caller filters by what its reader may describe.
 */
export function edgesOf(
  asset: AssetName,
  direction: 'up' | 'down' | 'both' = 'both',
  executor: Executor = db(),
): Promise<OpenEdge[]> {
  const into = and(eq(edges.toKind, asset.kind), eq(edges.toName, asset.name))
  const outOf = and(eq(edges.fromKind, asset.kind), eq(edges.fromName, asset.name))
  const at = direction === 'up' ? into : direction === 'down' ? outOf : or(into, outOf)
  return executor
    .select(columns)
    .from(edges)
    .where(and(isNull(edges.validTo), at))
    .orderBy(asc(edges.validFrom), asc(edges.id))
}
