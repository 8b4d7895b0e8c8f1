'use client'
import Link from 'next/link'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Input } from '@/components/ui/input'
import { toRoute } from '@/components/ui/route'
import { toast } from '@/components/ui/toast'
import type { ViewResource } from '@/lib/views/operations'
import { useViewAct } from './use-views'
import { isSameView, sharingWords, viewHref } from './view-query'

interface ViewLineProps {
  view: ViewResource
  /** What the list shows now. */
  shown: ViewResource['query']
  environment: string | null
  onOpen: () => void
}

/** One view, with what may be done with it. */
function ViewLine({ view, shown, environment, onOpen }: ViewLineProps) {
  const change = useViewAct()
  const [name, setName] = useState<string | null>(null)
  const failed = { onError: (error: { problem: { detail: string } }) => toast(error.problem.detail) }
  const rename = () => {
    if (name?.trim() && name.trim() !== view.name) {
      change.mutate({ act: 'change', view, to: { name: name.trim() } }, failed)
    }
    setName(null)
  }
  const remove = () => {
    const { name: kept, query, shared_with, team } = view
    const again = { name: kept, query, shared_with, ...(team === null ? {} : { team }) }
    change.mutate(
      { act: 'delete', view },
      {
        ...failed,
        onSuccess: () =>
          toast(`${kept} is deleted`, {
            ...(view.mine
              ? {
                  action: {
                    label: 'Undo',
                    onClick: () => change.mutate({ act: 'create', view: again }, failed),
                  },
                }
              : {}),
          }),
      },
    )
  }
  return (
    <li className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 border-b py-1.5">
      <span className="flex min-w-0 flex-1 flex-col">
        {name === null ? (
          <Link
            href={toRoute(viewHref(view.query, environment))}
            onClick={onOpen}
            className="truncate font-medium hover:underline"
          >
            {view.name}
          </Link>
        ) : (
          <Input
            autoFocus
            aria-label={`New name of ${view.name}`}
            value={name}
            maxLength={100}
            className="h-7"
            onChange={(event) => setName(event.target.value)}
            onBlur={rename}
            onKeyDown={(event) => event.key === 'Enter' && rename()}
          />
        )}
        <span className="truncate text-12 text-muted">{sharingWords(view)}</span>
      </span>
      {view.may_edit ? (
        <>
          <Button size="small" variant="quiet" onClick={() => setName(view.name)}>
            Rename
          </Button>
          {isSameView(view.query, shown) ? null : (
            <Button
              size="small"
              variant="quiet"
              pending={change.isPending}
              title="The view then shows what the list shows now"
              onClick={() => change.mutate({ act: 'change', view, to: { query: shown } }, failed)}
            >
              Replace by this list
            </Button>
          )}
          <Button size="small" variant="quiet" pending={change.isPending} onClick={remove}>
            Delete
          </Button>
        </>
      ) : null}
    </li>
  )
}

interface ManageViewsProps extends Omit<ViewLineProps, 'view' | 'onOpen'> {
  views: readonly ViewResource[]
  open: boolean
  onOpenChange: (open: boolean) => void
}

/** All views that the reader keeps or is shown. */
export function ManageViews({ views, open, onOpenChange, ...line }: ManageViewsProps) {
  return (
    <Dialog wide open={open} onOpenChange={onOpenChange} title="Saved views">
      {views.length === 0 ? (
        <p className="text-muted">No view is saved. Filter the list, then save it under a name.</p>
      ) : (
        <ul className="border-t">
          {views.map((view) => (
            <ViewLine key={view.id} view={view} onOpen={() => onOpenChange(false)} {...line} />
          ))}
        </ul>
      )}
    </Dialog>
  )
}
