import type { ReactNode } from 'react'
import { NotReady, type NotReadyState } from '@/components/layout/not-ready'
import { PageHeader } from '@/components/layout/page-header'

interface EditPageProps<T> {
  name: string
  /** The list in which it is found. */
  list: { label: string; href: string }
  page: string
  /** What the form changes, and what it does not. */
  description: string
  /** Before the name in the title: "Edit" unless said otherwise; and as the last crumb. */
  word?: string
  crumb?: string
  loaded: { state: 'ready'; value: T } | NotReadyState
  children: (value: T) => ReactNode
}

/** The page of a form that changes an asset: its name, the way back, and the form, or why there is none. */
export function EditPage<T>(props: EditPageProps<T>) {
  const { name, list, page, description, word = 'Edit', crumb = word, loaded, children } = props
  return (
    <>
      <PageHeader
        size="asset"
        breadcrumbs={{
          crumbs: [
            { label: 'Catalogue', href: '/catalog' },
            list,
            { label: name, href: page },
            { label: crumb },
          ],
        }}
        title={`${word} ${name}`}
        description={description}
      />
      {loaded.state === 'ready' ? children(loaded.value) : <NotReady loaded={loaded} what="The form" />}
    </>
  )
}
