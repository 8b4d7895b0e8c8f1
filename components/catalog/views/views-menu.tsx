'use client'
import { Bookmark } from 'lucide-react'
import { useSearchParams } from 'next/navigation'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Menu, type MenuSection } from '@/components/ui/menu'
import type { ViewResource } from '@/lib/views/operations'
import { ManageViews } from './manage-views'
import { SaveView } from './save-view'
import { useViews } from './use-views'
import { isSameView, queryOf, viewHref } from './view-query'

const mostInMenu = 12

/** Views by whose they are, with what the list shows now ticked. */
function sections(views: readonly ViewResource[], shown: ViewResource['query'], environment: string | null) {
  const item = (view: ViewResource) => ({
    label: view.name,
    checked: isSameView(view.query, shown),
    href: viewHref(view.query, environment),
  })
  const part = (label: string, own: readonly ViewResource[]): MenuSection[] =>
    own.length > 0 ? [{ label, items: own.slice(0, mostInMenu).map(item) }] : []
  return [
    ...part(
      'Mine',
      views.filter(({ mine }) => mine),
    ),
    ...part(
      'Shared with me',
      views.filter(({ mine }) => !mine),
    ),
  ]
}

/** The views of the catalogue that are kept, and the way to keep this one. */
export function ViewsMenu({ teams }: { teams: readonly string[] }) {
  const search = useSearchParams()
  const environment = search.get('environment')
  const shown = queryOf(new URLSearchParams(search))
  const views = useViews()
  const [open, setOpen] = useState<'save' | 'manage' | null>(null)
  const known = views.data?.data ?? []
  const isAnything = Object.keys(shown).length > 0
  const current = isAnything ? known.find((view) => isSameView(view.query, shown)) : undefined
  const close = (isOpen: boolean) => setOpen(isOpen ? open : null)
  return (
    <>
      <Menu
        align="end"
        trigger={
          <Button>
            <Bookmark aria-hidden className="size-3.5" />
            <span className="max-w-40 truncate">{current?.name ?? 'Views'}</span>
          </Button>
        }
        {...(views.error
          ? {
              header: <p className="text-12 text-fail">The views could not be read: {views.error.message}</p>,
            }
          : {})}
        sections={[
          ...sections(known, shown, environment),
          {
            items: [
              {
                label: 'Save this view…',
                onSelect: () => setOpen('save'),
                ...(isAnything ? {} : { disabledBecause: 'Search or filter first.' }),
              },
              { label: 'Saved views…', onSelect: () => setOpen('manage') },
            ],
          },
        ]}
      />
      <SaveView query={shown} teams={teams} open={open === 'save'} onOpenChange={close} />
      <ManageViews
        views={known}
        shown={shown}
        environment={environment}
        open={open === 'manage'}
        onOpenChange={close}
      />
    </>
  )
}
