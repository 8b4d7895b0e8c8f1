import type { Executor } from '@/db/client'
import { decide, type ResourceFacts } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { actAs } from '@/lib/identity'
import { archiveRefusal, type Refusal } from './archive-refusal'
import type { VersionRow } from './definition'
import { deletionRefusal } from './deletion-refusal'
import type { ChangeKind } from './impact-resources'
import { type GroupRow, groupFacts } from './queries'
import type { RecentReader } from './recent-readers'

/** A change that somebody has in mind. */
export interface IntendedChange {
  change: ChangeKind
  feature?: string | undefined
  ttl?: string | undefined
  classification?: ResourceFacts['classification'] | undefined
}

const moved = (name: string, major: number) =>
  `What names ${name}@${major} goes on reading it; what names no version reads the new one from its promotion on.`

/** What the change does to those who read the version, one or two sentences. */
export function effectOf(
  name: string,
  major: number,
  { change, feature, ttl, ...to }: IntendedChange,
): string {
  const kept = moved(name, major)
  switch (change) {
    case 'deprecate':
      return `Reads of ${name}@${major} go on until its sunset and say so in their headers; no new service or dataset may name it.`
    case 'archive':
      return `Reads of ${name}@${major} answer 410 at once.`
    case 'delete':
      return `${name} is gone, and cannot be brought back.`
    case 'new_version':
      return kept
    case 'remove_feature':
      return `Without ${feature ?? 'the feature'} it is a new major version, which a second person approves. ${kept} There, reads of the feature answer 404.`
    case 'change_ttl':
      return `With a time to live of ${ttl ?? 'any length'} it is a new major version with its own data, which a second person approves. ${kept}`
    case 'change_classification':
      return `At once, and for every version: readers need the right to read what is ${to.classification ?? 'of the new class'}.`
    case 'restore_as_new':
      return `Its definition becomes a new major version with its own data, which a second person approves. ${kept}`
  }
}

/** Readers that may read now and could not with the new class, with the rights they have; reads declare no purpose here. */
export async function losingAccess(
  ctx: Context,
  row: GroupRow,
  readers: readonly RecentReader[],
  classification: ResourceFacts['classification'] | undefined,
): Promise<string[]> {
  if (classification === undefined) return []
  const facts = { ...groupFacts(row), environment: ctx.environment }
  const found = await Promise.all(
    readers.map(async ({ kind, id, name, owner }) => {
      const actor = kind === 'key' ? await actAs(owner?.id ?? '', id) : await actAs(id, null)
      if (!actor) return []
      const own = { ...ctx, actor, purpose: null }
      const may = (which: ResourceFacts['classification']) =>
        (['group:read_online', 'group:read_offline'] as const).some(
          (action) => decide(own, action, { ...facts, classification: which }).allowed,
        )
      return may(facts.classification) && !may(classification) ? [name] : []
    }),
  )
  return found.flat()
}

/** Why the change would be refused now, as far as use and state decide; rights are another question. */
export async function changeRefusal(
  executor: Executor,
  ctx: Context,
  { row, version }: { row: GroupRow; version: VersionRow },
  change: ChangeKind,
): Promise<Refusal | null> {
  if (change === 'archive') return archiveRefusal(executor, ctx, row, version)
  if (change === 'delete') return deletionRefusal(executor, ctx, row.group)
  if (change !== 'deprecate' || version.state === 'active') return null
  const state = version.state.replace('_', ' ')
  return {
    because: `${row.group.name}@${version.major} is ${state}; only what is active can be deprecated.`,
    users: [],
  }
}
