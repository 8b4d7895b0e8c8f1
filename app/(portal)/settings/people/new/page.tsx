import type { Metadata } from 'next'
import { NotReady } from '@/components/layout/not-ready'
import { PersonForm } from '@/components/settings/person-form'
import { NewHeader } from '@/components/settings/settings-header'
import { authorize } from '@/lib/audit'
import { systemResource } from '@/lib/authz'
import { load } from '@/lib/http/page-context'
import { listTeams } from '@/lib/identity'

export const metadata: Metadata = { title: 'Add a person' }

export default async function NewPersonPage() {
  const loaded = await load(async (ctx) => {
    await authorize(ctx, 'people:manage', systemResource)
    const { data } = await listTeams(ctx, { limit: 200 })
    return data.map(({ name }) => name)
  })
  return (
    <>
      <NewHeader title="Add a person" list={{ label: 'People', href: '/settings/people' }} />
      {loaded.state === 'ready' ? (
        <PersonForm teams={loaded.value} />
      ) : (
        <NotReady loaded={loaded} what="The form" />
      )}
    </>
  )
}
