import { authorize } from '@/lib/audit'
import { classifications, type Decision, decide, missing, type ResourceFacts } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import { loadSelected } from '@/lib/registry'
import type { DatasetPart, DatasetVersion } from './types'

/** Of each column that each group gave: what the policies know of it now; null where the group is gone. */
async function columnFacts(parts: readonly DatasetPart[]): Promise<(ResourceFacts | null)[][]> {
  const columns = parts.map((part) =>
    part.columns.map(({ feature }) => ({
      group: part.group,
      groupId: part.group_id,
      version: part.version,
      feature,
    })),
  )
  const selected = await loadSelected(columns.flat())
  return columns.map((ofPart) => ofPart.map(selected.facts))
}

/** Of each group of a dataset: what the policies know of it now, as strict as the strictest column taken. */
async function partFacts(parts: readonly DatasetPart[]): Promise<(ResourceFacts | null)[]> {
  return (await columnFacts(parts)).map((ofPart) => {
    const facts = ofPart.filter((one) => one !== null)
    const strictest = facts.sort(
      (a, b) => classifications.indexOf(b.classification) - classifications.indexOf(a.classification),
    )
    return strictest[0] ?? null
  })
}

/** A refusal may name a group only to someone who may know of it; to anybody else the dataset is not there. */
async function authorizePart(ctx: Context, dataset: string, facts: ResourceFacts): Promise<Decision> {
  try {
    return await authorize(ctx, 'dataset:read', facts)
  } catch (error) {
    if (error instanceof DomainError && error.code === 'not_found') throw missing('dataset', dataset)
    throw error
  }
}

/** A group that is gone leaves its rows behind: then the dataset's own class decides. */
const factsOrOwn = async ({ parts, facts }: DatasetVersion): Promise<ResourceFacts[]> =>
  (await partFacts(parts)).map((one) => one ?? facts)

/**
 * Whoever reads values of a dataset may read every column of it. Errors: forbidden naming the group and the rule,
 * not_found as for a missing dataset.
 */
export async function authorizeRead(ctx: Context, version: DatasetVersion): Promise<Decision> {
  const decisions: Decision[] = []
  for (const facts of await factsOrOwn(version)) decisions.push(await authorizePart(ctx, version.name, facts))
  return decisions[0] ?? authorizePart(ctx, version.name, version.facts)
}

interface ColumnRights {
  /** That lets its reader see the rows: of an open column, else the first refusal. */
  decision: Decision
  /** By column: the refusal of those that stand there without values. */
  masked: Map<string, { decision: Decision; classification: ResourceFacts['classification'] }>
  /** What refuses all of it: a group that the reader may not know of, rows that are a group's, or no open column. */
  refusedBy: ResourceFacts | null
}

/** Column by column what a reader may see of the rows of a version; nothing is recorded. */
export async function columnRights(ctx: Context, version: DatasetVersion): Promise<ColumnRights> {
  const all = (await columnFacts(version.parts)).flatMap((ofPart, at) => {
    // Of a group that is gone, and of one that gave its rows and no column, the dataset's own class decides.
    const columns = version.parts[at]?.columns ?? []
    const whole = columns.length === 0 ? [{ column: null, facts: version.facts }] : []
    return [...whole, ...columns.map(({ column }, i) => ({ column, facts: ofPart[i] ?? version.facts }))]
  })
  const decided = all.map((one) => ({ ...one, decision: decide(ctx, 'dataset:read', one.facts) }))
  const denied = decided.filter(({ decision }) => !decision.allowed)
  const open = decided.find(({ decision }) => decision.allowed)
  const hidden = denied.find(
    ({ column, facts }) => column === null || !decide(ctx, 'catalog:describe', facts).allowed,
  )
  const refused = hidden ?? (open || decided.length === 0 ? undefined : denied[0])
  const decision = (refused ?? open)?.decision ?? decide(ctx, 'dataset:read', version.facts)
  return {
    decision,
    masked: new Map(
      denied.flatMap(({ column, facts, decision: why }) =>
        column === null ? [] : [[column, { decision: why, classification: facts.classification }] as const],
      ),
    ),
    refusedBy: refused?.facts ?? (decision.allowed ? null : version.facts),
  }
}

/** The rights of `columnRights`, for who sees anything of it. Errors: forbidden, not_found as of `authorizeRead`. */
export async function authorizeRows(ctx: Context, version: DatasetVersion): Promise<ColumnRights> {
  const rights = await columnRights(ctx, version)
  if (rights.refusedBy) await authorizePart(ctx, version.name, rights.refusedBy)
  return rights
}

/** Whether `authorizeRead` would let pass; nothing is recorded. */
export async function mayRead(ctx: Context, version: DatasetVersion): Promise<Decision> {
  const all = await factsOrOwn(version)
  const decisions = (all.length > 0 ? all : [version.facts]).map((facts) =>
    decide(ctx, 'dataset:read', facts),
  )
  const denied = decisions.find(({ allowed }) => !allowed)
  const first = denied ?? decisions[0]
  if (!first) throw new TypeError('A decision is missing')
  return first
}

/** Positions of the parts whose names the reader may know. */
export async function describedParts(ctx: Context, parts: readonly DatasetPart[]): Promise<boolean[]> {
  const facts = await partFacts(parts)
  return facts.map((one) => one === null || decide(ctx, 'catalog:describe', one).allowed)
}

// `confidential` is what the policies leave to the owning team alone.
const changeFacts = (ctx: Context, facts: ResourceFacts, createdBy: string): ResourceFacts => ({
  ...facts,
  classification: ctx.actor.id === createdBy ? 'internal' : 'confidential',
})

/**
 * A further version, or an end of files: for whoever made the dataset and for those who read and write as its team.
 * Errors: forbidden, not_found.
 */
export const authorizeChange = (ctx: Context, facts: ResourceFacts, createdBy: string): Promise<Decision> =>
  authorize(ctx, 'dataset:create', changeFacts(ctx, facts, createdBy))

/** Whether `authorizeChange` would let pass; nothing is recorded. */
export const changeDecision = (ctx: Context, facts: ResourceFacts, createdBy: string): Decision =>
  decide(ctx, 'dataset:create', changeFacts(ctx, facts, createdBy))
