import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { NotReady } from '@/components/layout/not-ready'
import { HandoverForm } from '@/components/ownership/handover-form'
import { OwnedAssets } from '@/components/ownership/owned-assets'
import { NewHeader } from '@/components/settings/settings-header'
import { EmptyState } from '@/components/ui/empty-state'
import { load } from '@/lib/http/page-context'
import { loadHandover } from './load-handover'

export const metadata: Metadata = { title: 'Hand over' }

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

const textOf = (value: string | string[] | undefined) => (typeof value === 'string' ? value : undefined)

export default async function HandoverPage({ searchParams }: Props) {
  const { asset, team } = await searchParams
  const asked = {
    ...(textOf(asset) === undefined ? {} : { asset: textOf(asset) ?? '' }),
    ...(textOf(team) === undefined ? {} : { team: textOf(team) ?? '' }),
  }
  const loaded = await load((ctx) => loadHandover(ctx, asked))
  if (loaded.state === 'missing') notFound()
  const owner = loaded.state === 'ready' ? loaded.value.owner : null
  return (
    <>
      <NewHeader
        title="Hand to another team"
        list={{ label: 'Ownership', href: '/settings/ownership' }}
        description={owner ? `Team ${owner} owns it now.` : undefined}
      />
      {loaded.state !== 'ready' ? <NotReady loaded={loaded} what="The form" /> : null}
      {loaded.state === 'ready' && loaded.value.assets.length === 0 ? (
        <EmptyState title={`Team ${owner} owns nothing`} />
      ) : null}
      {loaded.state === 'ready' && loaded.value.assets.length > 0 ? (
        <div className="flex flex-col gap-6">
          <OwnedAssets assets={loaded.value.assets} />
          <HandoverForm
            what={loaded.value.what}
            teams={loaded.value.teams}
            mayForce={loaded.value.mayForce}
          />
        </div>
      ) : null}
    </>
  )
}
