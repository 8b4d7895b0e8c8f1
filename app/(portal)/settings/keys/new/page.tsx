import type { Metadata } from 'next'
import { NotReady } from '@/components/layout/not-ready'
import { KeyForm } from '@/components/settings/key-form'
import { offeredActions } from '@/components/settings/scopes'
import { NewHeader } from '@/components/settings/settings-header'
import { authorizeAtAll } from '@/lib/audit'
import { mayEver } from '@/lib/authz'
import { load } from '@/lib/http/page-context'
import { listEnvironments } from '@/lib/registry'

export const metadata: Metadata = { title: 'Make an API key' }

export default async function NewKeyPage() {
  const loaded = await load(async (ctx) => {
    await authorizeAtAll(ctx, 'key:create')
    return {
      owner: ctx.actor.name,
      environments: await listEnvironments(),
      offered: offeredActions.filter((action) => mayEver(ctx, action)),
    }
  })
  return (
    <>
      <NewHeader title="Make an API key" list={{ label: 'API keys', href: '/settings/keys' }} />
      {loaded.state === 'ready' ? (
        <KeyForm {...loaded.value} />
      ) : (
        <NotReady loaded={loaded} what="The form" />
      )}
    </>
  )
}
