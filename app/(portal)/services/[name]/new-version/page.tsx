import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { EditPage } from '@/components/edit/edit-page'
import { ServiceVersionForm } from '@/components/service/service-version-form'
import { authorize } from '@/lib/audit'
import { load } from '@/lib/http/page-context'
import { getFeatureService, impactOfService, serviceFactsOf } from '@/lib/registry'

interface Props {
  params: Promise<{ name: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Change ${(await params).name}` }
}

export default async function ServiceVersionPage({ params, searchParams }: Props) {
  const { name } = await params
  const loaded = await load(
    async (ctx) => {
      await authorize(ctx, 'service:update', await serviceFactsOf(ctx, name))
      const [service, impact] = await Promise.all([getFeatureService(ctx, name), impactOfService(ctx, name)])
      return { service, impact, environment: ctx.environment }
    },
    (await searchParams).environment,
  )
  if (loaded.state === 'missing') notFound()
  return (
    <EditPage
      name={name}
      list={{ label: 'Feature services', href: '/catalog?kind=service' }}
      page={`/services/${encodeURIComponent(name)}`}
      word="Change the features of"
      crumb="Change features"
      description="The selection becomes the next version; those who name an older one keep it."
      loaded={loaded}
    >
      {(value) => <ServiceVersionForm {...value} />}
    </EditPage>
  )
}
