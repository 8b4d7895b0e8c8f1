import type { Metadata } from 'next'
import { NotReady } from '@/components/layout/not-ready'
import { RegisterHeader } from '@/components/register/register-header'
import { ServiceForm } from '@/components/service/service-form'
import { loadForm } from '../load-form'

export const metadata: Metadata = { title: 'Register a feature service' }

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function ServiceFormPage({ searchParams }: Props) {
  const loaded = await loadForm('service:create', (await searchParams).environment)
  return (
    <>
      <RegisterHeader
        current="service"
        title="Register a feature service"
        description="What one model consumes: features over groups, in the order in which they are served."
      />
      {loaded.state === 'ready' ? (
        <ServiceForm
          teams={loaded.value.teams}
          rules={loaded.value.rules}
          environment={loaded.value.environment}
        />
      ) : (
        <NotReady loaded={loaded} what="The form" />
      )}
    </>
  )
}
