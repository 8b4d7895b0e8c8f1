'use client'
import { useRouter } from 'next/navigation'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { toRoute } from '@/components/ui/route'
import { request } from '@/lib/api-client'
import type { TermResource } from '@/lib/glossary/operations'

/** Takes a term out of the glossary. */
export function RemoveTerm({ term: { name, etag } }: { term: TermResource }) {
  const router = useRouter()
  return (
    <ConfirmDialog
      trigger={<Button>Remove</Button>}
      title={`Remove “${name}”`}
      effects={[
        'Texts that name it stay as they are, without a link.',
        'Its synonyms no longer help search.',
      ]}
      undo="It cannot be undone; it can be added again."
      action="Remove"
      onConfirm={async () => {
        await request(`/api/v1/glossary-terms/${encodeURIComponent(name)}`, {
          method: 'DELETE',
          headers: { 'if-match': etag },
        })
        router.push(toRoute('/glossary'))
        router.refresh()
      }}
    />
  )
}
