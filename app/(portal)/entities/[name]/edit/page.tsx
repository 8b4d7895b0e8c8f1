import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { EditPage } from '@/components/edit/edit-page'
import { EditEntityForm } from '@/components/entity/edit-entity-form'
import { entityFactsOf, getEntity } from '@/lib/registry'
import { loadEdit } from '../../../load-edit'

interface Props {
  params: Promise<{ name: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Edit ${(await params).name}` }
}

export default async function EditEntityPage({ params, searchParams }: Props) {
  const { name } = await params
  const editing = { action: 'group:update' as const, name, factsOf: entityFactsOf, read: getEntity }
  const loaded = await loadEdit(editing, (await searchParams).environment)
  if (loaded.state === 'missing') notFound()
  return (
    <EditPage
      name={name}
      list={{ label: 'Entities', href: '/catalog?kind=entity' }}
      page={`/entities/${encodeURIComponent(name)}`}
      description="What is said of it. Its keys stay: feature groups stand on them."
      loaded={loaded}
    >
      {(value) => <EditEntityForm {...value} />}
    </EditPage>
  )
}
