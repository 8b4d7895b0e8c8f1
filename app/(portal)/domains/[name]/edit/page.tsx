import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { EditDomainForm } from '@/components/domain/edit-domain-form'
import { EditPage } from '@/components/edit/edit-page'
import { domainFactsOf, getDomain } from '@/lib/registry'
import { loadEdit } from '../../../load-edit'

interface Props {
  params: Promise<{ name: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Edit ${(await params).name}` }
}

export default async function EditDomainPage({ params, searchParams }: Props) {
  const { name } = await params
  const editing = { action: 'group:update' as const, name, factsOf: domainFactsOf, read: getDomain }
  const loaded = await loadEdit(editing, (await searchParams).environment)
  if (loaded.state === 'missing') notFound()
  return (
    <EditPage
      name={name}
      list={{ label: 'Domains', href: '/domains' }}
      page={`/domains/${encodeURIComponent(name)}`}
      description="What is said of it. Its name stays: entities and groups name it."
      loaded={loaded}
    >
      {(value) => <EditDomainForm {...value} />}
    </EditPage>
  )
}
