import type { Metadata } from 'next'
import { EntityForm } from '@/components/entity/entity-form'
import { NotReady } from '@/components/layout/not-ready'
import { RegisterHeader } from '@/components/register/register-header'
import { loadForm } from '../load-form'

export const metadata: Metadata = { title: 'Register an entity' }

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function EntityFormPage({ searchParams }: Props) {
  const loaded = await loadForm('group:create', (await searchParams).environment)
  return (
    <>
      <RegisterHeader
        current="entity"
        title="Register an entity"
        description="What features describe, and the keys that tell one from another."
      />
      {loaded.state === 'ready' ? (
        <EntityForm teams={loaded.value.teams} rules={loaded.value.rules} />
      ) : (
        <NotReady loaded={loaded} what="The form" />
      )}
    </>
  )
}
