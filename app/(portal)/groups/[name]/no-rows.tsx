import { formHref, groupHref } from '@/components/feature-group/place'
import { ButtonLink } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import type { GroupView } from './load-group'

/** Nothing arrived yet, or not in this environment: what would fill the place. */
export function NoRows({ view }: { view: GroupView }) {
  const { acts, place, group, isHere, environment } = view
  if (!isHere) {
    return (
      <EmptyState
        title={`Version ${group.version} does not stand in ${environment}`}
        action={group.environments.map(({ name }) => (
          <ButtonLink
            key={name}
            href={groupHref({ ...place, environment: name === 'prod' ? null : name }, 'data')}
          >
            Show {name}
          </ButtonLink>
        ))}
      >
        Rows, statistics and drift belong to one environment.
      </EmptyState>
    )
  }
  return (
    <EmptyState
      title="No rows yet"
      action={
        acts.ingest.allowed ? (
          <ButtonLink href={formHref(place, 'ingest')}>Ingest rows</ButtonLink>
        ) : undefined
      }
    >
      Distributions, freshness and drift are counted from the first commit on.
    </EmptyState>
  )
}
