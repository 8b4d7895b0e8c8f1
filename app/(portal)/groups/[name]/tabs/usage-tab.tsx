import { UsageView } from '@/components/feature-group/usage-view'
import { EmptyState } from '@/components/ui/empty-state'
import { UseIt } from '@/components/use-it/use-it'
import { getUsage } from '@/lib/catalog'
import type { GroupView } from '../load-group'
import { Part } from '../part'
import { isUsable, usableAsset } from '../usable-asset'

const days = 30

/** Who reads it, from real reads. */
export function UsageTab({ view }: { view: GroupView }) {
  const { group, environment, place } = view
  return (
    <Part
      what="The usage"
      environment={environment}
      work={(ctx) => getUsage(ctx, group.name, { version: group.version, days })}
    >
      {(usage) =>
        usage.readers.length === 0 ? (
          <EmptyState
            title={`Nobody has read it in ${environment} in the last ${days} days`}
            action={
              isUsable(view) ? (
                <UseIt asset={usableAsset(view)} environment={environment} mayRead={false} />
              ) : undefined
            }
          >
            Online and historical reads are counted within a second, by reader, feature and day. The code of
            “Use it” reads it.
          </EmptyState>
        ) : (
          <UsageView
            usage={usage}
            unread={group.features
              .map(({ name }) => name)
              .filter((name) => !usage.features.some((feature) => feature.name === name))}
            place={place}
          />
        )
      }
    </Part>
  )
}
