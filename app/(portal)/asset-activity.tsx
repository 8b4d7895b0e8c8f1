import { ActivityTable } from '@/components/feature-group/activity-table'
import { NotReady } from '@/components/layout/not-ready'
import { mayEver } from '@/lib/authz'
import { getAssetActivity } from '@/lib/catalog'
import { load, pageContext } from '@/lib/http/page-context'

type Parameter = string | string[] | undefined

interface AssetActivityProps {
  kind: 'service' | 'source' | 'dataset'
  name: string
  versions?: readonly number[]
  query: Record<string, Parameter>
}

const textOf = (value: Parameter) => (typeof value === 'string' && value !== '' ? value : null)
const sizeOf = (value: Parameter) =>
  typeof value === 'string' && /^(25|50|100|200)$/.test(value) ? Number(value) : 50

/** What was changed about the asset, by whom and why. */
export async function AssetActivity({ kind, name, versions = [], query }: AssetActivityProps) {
  const cursor = textOf(query.cursor)
  const limit = sizeOf(query.limit)
  const loaded = await load((ctx) =>
    getAssetActivity(ctx, { kind, name, versions }, { limit, ...(cursor ? { cursor } : {}) }),
  )
  if (loaded.state !== 'ready') return <NotReady loaded={loaded} what="The activity" />
  const mayAudit = mayEver(await pageContext(), 'audit:read')
  return (
    <ActivityTable
      page={loaded.value}
      cursor={cursor}
      limit={limit}
      auditHref={mayAudit ? `/governance/audit?resource=${encodeURIComponent(`${kind}:${name}`)}` : null}
    />
  )
}
