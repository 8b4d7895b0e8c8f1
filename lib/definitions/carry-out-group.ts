import type { Context } from '@/lib/core/context'
import { invalidField } from '@/lib/core/errors'
import { addCheckedVersion, registerCheckedGroup } from '@/lib/ingestion'
import { cameBack, getFeatureGroup, getVersion, impactOf, updateFeatureGroup } from '@/lib/registry'
import {
  addVersionInput,
  type GroupResource,
  registerFeatureGroupInput,
  updateFeatureGroupInput,
} from '@/lib/registry/operations'
import { found, namesOf, patchOf, requireFixed, unchanged } from './change'
import { documentOfGroup } from './documents'
import type { Definition } from './read-files'
import type { Outcome } from './resources'
import { differing, type Spelled, spell } from './spelling'

const factMembers = namesOf(updateFeatureGroupInput)
const versionMembers = namesOf(addVersionInput).filter(
  (name) => !factMembers.includes(name) && name in registerFeatureGroupInput.shape && name !== 'environments',
)

/** A version that is on its way: what the document says may be there already and wait for its reviewer. */
async function pendingVersion(ctx: Context, group: GroupResource): Promise<GroupResource | null> {
  const [newest] = group.versions
  if (!newest || !['draft', 'in_review'].includes(newest.state) || newest.version === group.version)
    return null
  return { ...group, ...(await getVersion(ctx, group.name, newest.version)), name: group.name }
}

/** An entity may be named, or stated with its keys; the keys of one that is there are held to by registering. */
const entityName = ({ entity }: Spelled): unknown =>
  typeof entity === 'object' && entity !== null && 'name' in entity ? entity.name : entity

function desiredGroup(current: GroupResource, from: Spelled, body: Record<string, unknown>): Spelled {
  const asked = spell('feature_group', body)
  // The keys stand in the entity's order unless the document states another.
  const to = { ...asked, entity: entityName(asked), primary_key: asked.primary_key ?? from.primary_key }
  requireFixed(from, to, ['entity'], `${current.name}`)
  const added = differing(from, to, ['environments'])
  if (added.length > 0 && body.environments !== undefined) {
    const there = current.environments.map(({ name }) => name).join(', ')
    throw invalidField(
      '/environments',
      `${current.name} stands in ${there}. Promote it to have it in another one.`,
      'promote_it',
    )
  }
  return to
}

/** The draft says what the document says: its reviewers are asked. */
const submitted = (version: number): Outcome => ({ ...unchanged, act: 'submit', version, waits: true })

async function newVersion(
  ctx: Context,
  current: GroupResource,
  { from, to, reason }: { from: Spelled; to: Spelled; reason: string | undefined },
): Promise<Outcome> {
  const pending = await pendingVersion(ctx, current)
  if (pending && differing(documentOfGroup(pending), to, versionMembers).length === 0)
    return pending.state === 'draft'
      ? submitted(pending.version)
      : { ...unchanged, version: pending.version, waits: true }
  if (differing(from, to, versionMembers).length === 0) {
    const { id: groupId, version: major, state } = current
    return state === 'draft' && (await cameBack({ groupId, major })) ? submitted(major) : unchanged
  }
  const emptied = { ttl: null, transformation: null, inputs: [] }
  const members = Object.fromEntries(versionMembers.map((name) => [name, to[name]]))
  const stated = Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined))
  const impact = await impactOf(ctx, current.name, { change: 'new_version', version: current.version })
  const added = await addCheckedVersion(ctx, current.name, {
    ...emptied,
    ...stated,
    ...(reason === undefined ? {} : { reason }),
  })
  return {
    act: added.change === 'compatible' && added.version === current.version ? 'revise' : 'new_version',
    version: added.version,
    changes: added.changes,
    waits: added.state === 'draft',
    impact: {
      services: impact.services.map(({ name }) => name),
      datasets: impact.datasets.map(({ name }) => name),
      consumers: impact.consumers.map(({ name, reads }) => ({ name, reads })),
      owner_teams: impact.owner_teams,
    },
  }
}

/** Registers the group of a document, or changes what is said of it and its version. */
export async function carryOutGroup(
  ctx: Context,
  { name, body }: Definition,
  reason?: string,
): Promise<Outcome> {
  const current = await found(() => getFeatureGroup(ctx, name))
  if (!current) {
    const { version, state } = await registerCheckedGroup(ctx, body)
    return { ...unchanged, act: 'create', version, waits: state === 'draft' }
  }
  const from = documentOfGroup(current)
  const to = desiredGroup(current, from, body)
  const { patch, changes } = patchOf(from, to, factMembers)
  if (changes.length > 0) await updateFeatureGroup(ctx, name, patch, current.etag)
  const outcome = await newVersion(ctx, current, { from, to, reason })
  // A version that waits already is not submitted again with a text.
  if (outcome.act === 'none' && changes.length > 0) return { ...unchanged, act: 'update', changes }
  return { ...outcome, changes: [...changes, ...outcome.changes] }
}
