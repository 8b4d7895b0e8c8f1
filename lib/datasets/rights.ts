import { authorize } from '@/lib/audit'
import { classifications, type Decision, decide, missing, type ResourceFacts } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { DomainError } from '@/lib/core/errors'
import { loadSelected } from '@/lib/registry'
import type { DatasetPart, DatasetVersion } from './types'

/** Of each group of a dataset: what the policies know of it now, as strict as the strictest column taken. */
async function partFacts(parts: readonly DatasetPart[]): Promise<(ResourceFacts | null)[]> {
  const columns = parts.map((part) =>
    part.columns.map(({ feature }) => ({
      group: part.group,
      groupId: part.group_id,
      version: part.version,
      feature,
    })),
  )
  const selected = await loadSelected(columns.flat())
  return columns.map((ofPart) => {
    const facts = ofPart.map(selected.facts).filter((one) => one !== null)
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
