'use client'
import { useMutation } from '@tanstack/react-query'
import { MoreHorizontal } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { RestoreDialog } from '@/components/archive/restore-form'
import { IconButton } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { Menu, type MenuItem } from '@/components/ui/menu'
import { toast } from '@/components/ui/toast'
import { type ProblemError, request } from '@/lib/api-client'

interface ServiceActionsProps {
  name: string
  isArchived: boolean
  etag: string
  act: { allowed: boolean; because: string }
}

const pathOf = (name: string) => `/api/v1/feature-services/${encodeURIComponent(name)}`

/** Gone for good: only where nobody used it, which the interface looks at again. */
function useDelete({ name, etag }: ServiceActionsProps) {
  const router = useRouter()
  return useMutation<unknown, ProblemError>({
    mutationFn: () => request(pathOf(name), { method: 'DELETE', headers: { 'if-match': etag } }),
    onSuccess: () => {
      toast(`${name} is deleted`)
      router.push('/catalog?kind=service')
    },
  })
}

/** Behind the three points: what can be done with a service. */
export function ServiceActions(props: ServiceActionsProps) {
  const { name, isArchived, act } = props
  const [open, setOpen] = useState<'restore' | 'delete' | null>(null)
  const remove = useDelete(props)
  const may = (item: MenuItem): MenuItem =>
    act.allowed ? item : { label: item.label, disabledBecause: act.because }
  const close = (isOpen: boolean) => setOpen(isOpen ? open : null)
  return (
    <>
      <Menu
        align="end"
        trigger={
          <IconButton label="More actions" shortcut="." variant="secondary" data-shortcut=".">
            <MoreHorizontal aria-hidden className="size-4" />
          </IconButton>
        }
        sections={[
          ...(isArchived
            ? []
            : [
                {
                  items: [
                    may({
                      label: 'Change features…',
                      href: `/services/${encodeURIComponent(name)}/new-version`,
                    }),
                  ],
                },
              ]),
          {
            items: [
              isArchived
                ? may({ label: 'Restore…', onSelect: () => setOpen('restore') })
                : may({
                    label: 'Archive…',
                    href: `/services/${encodeURIComponent(name)}/archive`,
                    danger: true,
                  }),
              may({ label: 'Delete…', onSelect: () => setOpen('delete'), danger: true }),
            ],
          },
          {
            items: [
              may({
                label: 'Announce…',
                href: `/settings/announcements?asset=${encodeURIComponent(`service:${name}`)}`,
              }),
              may({
                label: 'Hand to another team…',
                href: `/settings/ownership/new?asset=${encodeURIComponent(`service:${name}`)}`,
              }),
              { label: 'Open definition as JSON', onSelect: () => window.open(pathOf(name), '_blank') },
            ],
          },
        ]}
      />
      <RestoreDialog
        name={name}
        path={`${pathOf(name)}/restore`}
        effect="Reads by its name answer again, with the versions that it pins."
        open={open === 'restore'}
        onOpenChange={close}
      />
      <ConfirmDialog
        open={open === 'delete'}
        onOpenChange={close}
        title={`Delete ${name}`}
        effects={[
          'The service and all its versions are gone; the features that it selects stay.',
          'It is refused if anybody read it in the last 30 days, or a training dataset was built from it.',
        ]}
        undo="This cannot be undone. What may be needed again is archived."
        word={name}
        action="Delete"
        onConfirm={async () => {
          await remove.mutateAsync()
        }}
      />
    </>
  )
}
