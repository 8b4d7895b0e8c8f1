import type { Metadata } from 'next'
import { featuresParam } from '@/components/basket/features-param'
import { NotReady } from '@/components/layout/not-ready'
import { RegisterHeader } from '@/components/register/register-header'
import { ServiceForm } from '@/components/service/service-form'
import { loadForm } from '../load-form'

export const metadata: Metadata = { title: 'Register a feature service' }

/** An address holds no more. */
const mostShown = 200

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export default async function ServiceFormPage({ searchParams }: Props) {
  const { environment, features } = await searchParams
  const loaded = await loadForm('service:create', environment)
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
          features={featuresParam(features, mostShown) ?? []}
        />
      ) : (
        <NotReady loaded={loaded} what="The form" />
      )}
    </>
  )
}
