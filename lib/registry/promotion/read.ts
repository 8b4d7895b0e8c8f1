import { db } from '@/db/client'
import { decide } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { isStricter } from '../class-names'
import type { VersionRow } from '../definition'
import { listEnvironments, requireEnvironments } from '../environments'
import { requireVersion } from '../get-feature-group'
import { describedNames, impactOfVersion } from '../impact'
import { isoInstant } from '../instants'
import {
  describedGroup,
  environmentsOf,
  featuresOf,
  type GroupRow,
  groupFacts,
  namesOf,
  versionsOf,
} from '../queries'
import { authorFor } from '../review/four-eyes'
import { strictestOf } from '../rules'
import { promotionChecks, situationOf } from './checks'
import { type PromotionRow, promotionsOf, rollbackTarget } from './record'
import type {
  PlaceResource,
  PromotionCheckResource,
  PromotionEvent,
  PromotionResource,
  PromotionsResource,
} from './resources'
import { servedIn } from './served'

const mostEvents = 200

/** What the act will ask, and whether it asks for a second person. */
async function rightOf(ctx: Context, row: GroupRow, version: VersionRow) {
  const classification = strictestOf(row, await featuresOf(version.id))
  const facts = { ...groupFacts(row), lifecycle: version.state, authorId: await authorFor(ctx, version) }
  const plain = decide(ctx, 'version:promote', facts)
  const decision = plain.allowed ? decide(ctx, 'version:promote', { ...facts, classification }) : plain
  const isStrict = isStricter(classification, 'internal')
  const hadHand = facts.authorId === ctx.actor.id
  const second: PromotionCheckResource = {
    name: 'second_person',
    state: isStrict ? (hadHand ? 'failed' : 'passed') : 'not_applicable',
    detail: isStrict
      ? hadHand
        ? 'You had a hand in it: somebody else promotes it.'
        : 'You had no hand in it.'
      : 'Nothing in it asks for a second person.',
    acceptable: false,
  }
  return { decision, second }
}

/**
 * What is looked at before an environment serves a version: each check with its verdict, whether the caller may
 * promote it, and who reads what is served there now. Errors: `not_found`; `invalid` for an unknown environment.
 */
export async function promotionOf(ctx: Context, name: string, major: number): Promise<PromotionResource> {
  const row = await describedGroup(ctx, name)
  const { environment } = ctx
  await requireEnvironments(db(), [environment], () => '/environment')
  const version = await requireVersion(row, major)
  const order = await listEnvironments()
  const situation = await situationOf(db(), row, { version, environment, order })
  const serving = servedIn(situation, environment)?.version ?? null
  const [checks, { decision, second }] = await Promise.all([
    promotionChecks(db(), situation),
    rightOf(ctx, row, version),
  ])
  const hit = serving && serving.id !== version.id ? serving : null
  return {
    group: name,
    version: major,
    environment,
    serving: serving?.major ?? null,
    allowed: decision.allowed,
    rule: decision.rule,
    who_can_help: decision.whoCanHelp,
    checks: [...checks, second],
    impact:
      hit &&
      (await impactOfVersion(
        ctx,
        { row, version: hit, features: await describedNames(ctx, row, hit) },
        { change: 'new_version' },
      )),
  }
}

const eventOf = (row: PromotionRow, nameOf: (id: string) => string): PromotionEvent => ({
  environment: row.environment,
  kind: row.kind,
  version: row.major,
  revision: row.revision,
  previous: row.previousMajor,
  by: nameOf(row.by),
  reason: row.reason,
  accepted: row.accepted,
  at: isoInstant(row.at),
})

/** What each environment serves of a group, since when and by whom, and how that came. Errors: `not_found`. */
export async function promotionsOfGroup(ctx: Context, name: string): Promise<PromotionsResource> {
  const row = await describedGroup(ctx, name)
  const [versions, history, order] = await Promise.all([
    versionsOf(row.group.id),
    promotionsOf(row.group.id),
    listEnvironments(),
  ])
  const places = await environmentsOf(versions.map(({ id }) => id))
  const told = history.slice(0, mostEvents)
  const nameOf = await namesOf([
    ...told.map(({ by }) => by),
    ...places.flatMap(({ promotedBy }) => (promotedBy === null ? [] : [promotedBy])),
  ])
  const placeOf = (environment: string): PlaceResource => {
    const served = servedIn({ versions, places }, environment)
    const here = new Set(places.flatMap((one) => (one.environment === environment ? [one.versionId] : [])))
    return {
      environment,
      serving: served && servingOf(served.version, served.place, nameOf),
      registered: versions.flatMap(({ id, major }) => (here.has(id) ? [major] : [])),
      rollback_to: served ? (rollbackTarget(history, served.version, environment)?.major ?? null) : null,
    }
  }
  return {
    group: name,
    environments: order.map(placeOf),
    history: told.map((one) => eventOf(one, nameOf)),
  }
}

function servingOf(
  version: VersionRow,
  place: { promotedAt: string | null; promotedBy: string | null },
  nameOf: (id: string) => string,
): PlaceResource['serving'] {
  const { major, revision, state } = version
  return {
    version: major,
    revision,
    // Only what was approved is ever promoted.
    state: state === 'deprecated' || state === 'archived' ? state : 'active',
    since: isoInstant(place.promotedAt ?? version.activatedAt ?? version.createdAt),
    by: place.promotedBy === null ? null : nameOf(place.promotedBy),
  }
}
