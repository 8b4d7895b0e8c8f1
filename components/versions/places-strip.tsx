import { type GroupPlace, groupHref } from '@/components/feature-group/place'
import { anyOf } from '@/components/review/words'
import { Name } from '@/components/ui/name'
import { Time } from '@/components/ui/time'
import type { PlaceResource, PromotionResource } from '@/lib/registry/operations'
import { PromoteDialog } from './promote-dialog'
import { RollbackDialog } from './rollback-dialog'

/** One environment, what could be promoted there, and what a rollback would bring back. */
export interface ShownPlace {
  place: PlaceResource
  candidate: PromotionResource | null
  /** Null: nothing was served before, or it is not the reader's to bring back. */
  rollback: { from: number; to: number } | null
}

function Serving({ place, of }: { place: PlaceResource; of: GroupPlace }) {
  const { serving, environment, registered } = place
  if (!serving) {
    return (
      <p className="text-muted">{registered.length > 0 ? 'Nothing is served.' : 'Not registered here.'}</p>
    )
  }
  const href = groupHref({ ...of, version: serving.version, environment }, 'overview')
  return (
    <>
      <Name name={`${of.name}@${serving.version}`} href={href} />
      <p className="text-12 text-muted">
        {serving.state === 'active' ? '' : `${serving.state}, `}since <Time at={serving.since} />
        {serving.by ? ` by ${serving.by}` : ''}
      </p>
    </>
  )
}

function Refused({ promotion }: { promotion: PromotionResource }) {
  return (
    <p className="text-12 text-muted">
      Version {promotion.version} waits. {promotion.rule}
      {promotion.who_can_help.length > 0 ? ` Ask ${anyOf(promotion.who_can_help)}.` : ''}
    </p>
  )
}

/** What each environment serves, from dev to prod, since when and by whom; and the acts that change it. */
export function PlacesStrip({ places, of }: { places: readonly ShownPlace[]; of: GroupPlace }) {
  return (
    <ol aria-label="Environments" className="grid border-y md:grid-cols-3 md:divide-x max-md:divide-y">
      {places.map(({ place, candidate, rollback }) => (
        <li
          key={place.environment}
          aria-label={place.environment}
          className="flex min-w-0 flex-col gap-1 py-3 md:px-4 md:first:pl-0"
        >
          <h3 className="font-medium">{place.environment}</h3>
          <Serving place={place} of={of} />
          {candidate && !candidate.allowed && place.registered.length > 0 ? (
            <Refused promotion={candidate} />
          ) : null}
          {candidate?.allowed || rollback ? (
            <div className="mt-1 flex flex-wrap gap-2">
              {candidate?.allowed ? <PromoteDialog promotion={candidate} /> : null}
              {rollback ? (
                <RollbackDialog group={of.name} environment={place.environment} {...rollback} />
              ) : null}
            </div>
          ) : null}
        </li>
      ))}
    </ol>
  )
}
