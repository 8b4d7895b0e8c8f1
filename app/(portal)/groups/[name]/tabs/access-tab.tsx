import { AccessView } from '@/components/feature-group/access-view'
import { groupHref } from '@/components/feature-group/place'
import { getAccess } from '@/lib/catalog'
import type { GroupView } from '../load-group'
import { Part } from '../part'

/** What its reader may do with it, and why. */
export function AccessTab({ view }: { view: GroupView }) {
  const { group, place, environment, acts } = view
  const audit = `/governance/audit?resource=${encodeURIComponent(`group:${group.name}`)}`
  return (
    <Part
      what="The rights"
      environment={environment}
      work={(ctx) => getAccess(ctx, group.name, { version: group.version })}
    >
      {(access) => (
        <AccessView
          access={access}
          usageHref={groupHref(place, 'usage')}
          auditHref={acts.audit.allowed ? audit : null}
        />
      )}
    </Part>
  )
}
