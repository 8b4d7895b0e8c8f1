import { inArray } from 'drizzle-orm'
import type { Executor } from '@/db/client'
import { featureGroups, trainingDatasets } from '@/db/schema'
import type { Context } from '@/lib/core/context'
import { edgesOf } from '@/lib/edges'
import { systemContext } from '@/lib/identity'
import { type Notice, notify } from '@/lib/notify'
import { datasetsUsing } from '../datasets-using'
import type { VersionRow } from '../definition'
import type { GroupRow } from '../queries'
import { type RecentReader, recentReaders } from '../recent-readers'
import { servicesNaming } from '../services-naming'

export interface Ending {
  row: GroupRow
  version: VersionRow
}

/** Notices of one deprecation begin so; the rest names the occasion. */
export const deprecationNotices = ({ version }: Ending): string => `deprecation:${version.id}:`

export const readersOf = (executor: Executor, ctx: Context, { row, version }: Ending) =>
  recentReaders(executor, ctx, { group: row.group.name, version: version.major })

/** People who read, and who own the keys that do. */
export const peopleBehind = (readers: readonly RecentReader[]): string[] =>
  readers.flatMap(({ owner }) => (owner?.kind === 'person' ? [owner.id] : []))

/** A service account has no inbox: its teams are told. */
const teamsBehind = (readers: readonly RecentReader[]): string[] =>
  readers.flatMap(({ owner, teams: own }) => (owner?.kind === 'service' ? own.map(({ id }) => id) : []))

/** Owners of what was built on it, whoever asks: what they are told about is what they use. */
async function owningTeams(executor: Executor, ctx: Context, { row, version }: Ending): Promise<string[]> {
  const everybody = { ...ctx, actor: systemContext().actor }
  const { name } = row.group
  const services = await servicesNaming(executor, { groupId: row.group.id, version: version.major })
  const { datasets } = await datasetsUsing(everybody, { group: name, version: version.major }, null, executor)
  const fed = (await edgesOf({ kind: 'group', name }, 'down', executor)).flatMap((edge) =>
    edge.toKind === 'group' && edge.relation === 'feeds' ? [edge.toName] : [],
  )
  const [ofDatasets, ofGroups] = await Promise.all([
    datasets.length === 0
      ? []
      : executor
          .select({ id: trainingDatasets.ownerTeamId })
          .from(trainingDatasets)
          .where(
            inArray(
              trainingDatasets.name,
              datasets.map((one) => one.name),
            ),
          ),
    fed.length === 0
      ? []
      : executor
          .select({ id: featureGroups.ownerTeamId })
          .from(featureGroups)
          .where(inArray(featureGroups.name, fed)),
  ])
  const ofServices = services.filter((one) => !one.isArchived).map(({ teamId }) => ({ id: teamId }))
  return [...new Set([...ofServices, ...ofDatasets, ...ofGroups].map(({ id }) => id))]
}

type News = Pick<Notice, 'kind' | 'title' | 'needsAcknowledgement'> & { body: string; occasion: string }

/**
 * Tells everybody downstream of a version: owners of services, datasets and groups built on it, those who read it or
 * whose keys do, and followers. Returns how many.
 */
export async function tellDownstream(
  tx: Executor,
  ctx: Context,
  ending: Ending,
  { occasion, ...news }: News,
): Promise<number> {
  const readers = await readersOf(tx, ctx, ending)
  const { name } = ending.row.group
  return notify(tx, ctx, {
    ...news,
    to: {
      people: peopleBehind(readers),
      teams: [...(await owningTeams(tx, ctx, ending)), ...teamsBehind(readers)],
      followers: true,
    },
    asset: { kind: 'group', name },
    href: `/groups/${name}?version=${ending.version.major}`,
    once: `${deprecationNotices(ending)}${occasion}`,
  })
}

const day = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' })

/** How a version on its way out is told of. */
export const endOf = ({ sunsetAt }: Pick<VersionRow, 'sunsetAt'>): string =>
  `is deprecated${sunsetAt === null ? '' : `; reads end on ${day.format(new Date(sunsetAt))}`}`

/** What everybody is told of when and why. Of the replacement only that there is one: its name may be a secret. */
export function newsOf({ row, version }: Ending): { title: string; body: string } {
  const name = `${row.group.name}@${version.major}`
  const instead = version.replacement === null ? '' : ' Its page names what takes its place.'
  return {
    title: `${name} ${endOf(version)}`,
    body: `${version.deprecationReason ?? ''}${instead}`.trim(),
  }
}
