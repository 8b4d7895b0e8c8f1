import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { EditPage } from '@/components/edit/edit-page'
import { EditServiceForm } from '@/components/service/edit-service-form'
import { getFeatureService, serviceFactsOf } from '@/lib/registry'
import { loadEdit } from '../../../load-edit'

interface Props {
  params: Promise<{ name: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Edit ${(await params).name}` }
}

export default async function EditServicePage({ params, searchParams }: Props) {
  const { name } = await params
  const editing = {
    action: 'service:update' as const,
    name,
    factsOf: serviceFactsOf,
    read: getFeatureService,
  }
  const loaded = await loadEdit(editing, (await searchParams).environment)
  if (loaded.state === 'missing') notFound()
  return (
    <EditPage
      name={name}
      list={{ label: 'Feature services', href: '/catalog?kind=service' }}
      page={`/services/${encodeURIComponent(name)}`}
      description="What is said of it. Its features change by a new version."
      loaded={loaded}
    >
      {(value) => <EditServiceForm {...value} />}
    </EditPage>
  )
}
