import type { Metadata } from 'next'
import { DomainForm } from '@/components/domain/domain-form'
import { NotReady } from '@/components/layout/not-ready'
import { RegisterHeader } from '@/components/register/register-header'
import { loadForm } from '../load-form'

export const metadata: Metadata = { title: 'Register a domain' }

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function DomainFormPage({ searchParams }: Props) {
  const loaded = await loadForm('group:create', (await searchParams).environment)
  return (
    <>
      <RegisterHeader
        current="domain"
        title="Register a domain"
        description="A business area by which entities and groups are found."
      />
      {loaded.state === 'ready' ? (
        <DomainForm teams={loaded.value.teams} rules={loaded.value.rules} />
      ) : (
        <NotReady loaded={loaded} what="The form" />
      )}
    </>
  )
}
