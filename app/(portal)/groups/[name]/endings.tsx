import { EndingCallouts } from '@/components/archive/ending-callouts'
import { GracesCallout } from '@/components/deprecate/graces-callout'
import { load } from '@/lib/http/page-context'
import { openGraces } from '@/lib/registry'
import type { GroupResource } from '@/lib/registry/operations'

/** How the version that is shown ends, and who may read it longer. */
export async function Endings({ group }: { group: GroupResource }) {
  const isEnding = group.deprecation?.sunset_at && !group.archival
  const loaded = isEnding ? await load((ctx) => openGraces(ctx, group.name, group.version)) : null
  return (
    <>
      <EndingCallouts group={group} />
      {loaded?.state === 'ready' ? <GracesCallout graces={loaded.value} /> : null}
    </>
  )
}
