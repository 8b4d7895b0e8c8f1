import { GroupActions } from '@/components/feature-group/group-actions'
import { formHref } from '@/components/feature-group/place'
import { UseIt } from '@/components/use-it/use-it'
import type { GroupView } from './load-group'

const readable = ({ group }: GroupView) =>
  group.features.filter(({ role }) => role === 'feature').map(({ name, type }) => ({ name, type }))

/** Use it, and the menu of everything else. */
export function Actions({ view }: { view: GroupView }) {
  const { group, place, acts, environment } = view
  return (
    <GroupActions
      group={group.name}
      version={group.version}
      state={group.state}
      ingestHref={formHref(place, 'ingest')}
      deprecateHref={formHref(place, 'deprecate')}
      definitionHref={`/api/v1/feature-groups/${encodeURIComponent(group.name)}/versions/${group.version}`}
      acts={acts}
    >
      <UseIt
        asset={{
          group: group.name,
          version: group.version,
          promoted: group.environments.some(
            ({ name, state }) => name === environment && state === 'promoted',
          ),
          keys: group.keys,
          timestampKey: group.timestamp_key,
          online: group.online,
          features: readable(view),
        }}
        environment={environment}
      />
    </GroupActions>
  )
}
