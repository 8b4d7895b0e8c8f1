import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { EditPage } from '@/components/edit/edit-page'
import { EditTermForm } from '@/components/glossary/edit-term-form'
import { getTerm, termFactsOf } from '@/lib/glossary'
import { loadEdit } from '../../../load-edit'

interface Props {
  params: Promise<{ name: string }>
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: `Edit ${decodeURIComponent((await params).name)}` }
}

export default async function EditTermPage({ params }: Props) {
  const name = decodeURIComponent((await params).name)
  const loaded = await loadEdit({ action: 'group:update', name, factsOf: termFactsOf, read: getTerm })
  if (loaded.state === 'missing') notFound()
  return (
    <EditPage
      name={name}
      list={{ label: 'Glossary', href: '/glossary' }}
      page={`/glossary/${encodeURIComponent(name)}`}
      description="What it means. Its name stays: links lead to it."
      loaded={loaded}
    >
      {(value) => <EditTermForm {...value} />}
    </EditPage>
  )
}
