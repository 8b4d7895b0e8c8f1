import type { ShownPlace } from '@/components/versions/places-strip'
import type { Context } from '@/lib/core/context'
import { promotionOf, promotionsOfGroup } from '@/lib/registry'
import type { ListedVersionResource, PlaceResource, PromotionEvent } from '@/lib/registry/operations'

/** The newest approved version that an environment does not serve and that is newer than what it serves. */
function candidateFor({ serving }: PlaceResource, versions: readonly ListedVersionResource[]): number | null {
  const newest = versions.find(({ state }) => state === 'active')?.version ?? null
  return newest !== null && newest > (serving?.version ?? 0) ? newest : null
}

async function shownPlace(
  ctx: Context,
  group: string,
  place: PlaceResource,
  versions: readonly ListedVersionResource[],
): Promise<ShownPlace> {
  const there = { ...ctx, environment: place.environment }
  const version = candidateFor(place, versions)
  const candidate = version === null ? null : await promotionOf(there, group, version)
  const { serving, rollback_to: to } = place
  const mayRollBack = to !== null && (await promotionOf(there, group, to)).allowed
  return {
    place,
    candidate,
    rollback: serving && to !== null && mayRollBack ? { from: serving.version, to } : null,
  }
}

export interface Places {
  places: ShownPlace[]
  history: PromotionEvent[]
}

/** What each environment serves, with the checks of what could follow there. Errors: `not_found`. */
export async function loadPlaces(
  ctx: Context,
  group: string,
  versions: readonly ListedVersionResource[],
): Promise<Places> {
  const { environments, history } = await promotionsOfGroup(ctx, group)
  const places = await Promise.all(environments.map((place) => shownPlace(ctx, group, place, versions)))
  return { places, history }
}
