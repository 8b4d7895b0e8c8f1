import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { EditPage } from '@/components/edit/edit-page'
import { EditSourceForm } from '@/components/entity/edit-source-form'
import { getSource, sourceFactsOf } from '@/lib/registry'
import { loadEdit } from '../../../load-edit'

interface Props {
  params: Promise<{ name: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Edit ${(await params).name}` }
}

export default async function EditSourcePage({ params, searchParams }: Props) {
  const { name } = await params
  const editing = { action: 'group:update' as const, name, factsOf: sourceFactsOf, read: getSource }
  const loaded = await loadEdit(editing, (await searchParams).environment)
  if (loaded.state === 'missing') notFound()
  return (
    <EditPage
      name={name}
      list={{ label: 'Sources', href: '/catalog?kind=source' }}
      page={`/sources/${encodeURIComponent(name)}`}
      description="What is said of it, and where its data lies. Its kind stays."
      loaded={loaded}
    >
      {(value) => <EditSourceForm {...value} />}
    </EditPage>
  )
}
