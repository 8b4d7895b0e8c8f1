'use client'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { reviewHref } from '@/components/review/place'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { ErrorState } from '@/components/ui/error-state'
import { Field } from '@/components/ui/field'
import { toRoute } from '@/components/ui/route'
import { Skeleton } from '@/components/ui/skeleton'
import { Textarea } from '@/components/ui/textarea'
import { type ProblemError, request } from '@/lib/api-client'
import type { AddedVersionResource, DiffResource } from '@/lib/registry/operations'
import { restoreEffects } from './restore-effects'

interface RestoreAsNewProps {
  group: string
  /** `1.2`: whose definition comes back. */
  address: string
  /** What it is compared with: the newest of what the catalogue speaks of. */
  base: string
}

const unanswered = { detail: 'The portal did not answer as expected. Try again.' }

function useRestore({ group, address }: RestoreAsNewProps, onDone: () => void) {
  const router = useRouter()
  const path = `/api/v1/feature-groups/${encodeURIComponent(group)}/versions/${address}/restore-as-new`
  return useMutation<AddedVersionResource, ProblemError, string>({
    mutationFn: async (reason) =>
      (await request<AddedVersionResource>(path, { method: 'POST', body: { reason } })).data,
    onSuccess: (made) => {
      onDone()
      if (made.state === 'draft') router.push(toRoute(reviewHref(group, made.version)))
      else router.refresh()
    },
  })
}

function useDifference({ group, address, base }: RestoreAsNewProps, isOpen: boolean) {
  const path = `/api/v1/feature-groups/${encodeURIComponent(group)}/versions/${base}/diff/${address}`
  return useQuery<DiffResource, ProblemError>({
    queryKey: ['restore', group, base, address],
    queryFn: async ({ signal }) => (await request<DiffResource>(path, { signal })).data,
    enabled: isOpen,
    retry: false,
    gcTime: 0,
  })
}

/** Says what bringing an earlier definition back will do and to whom, takes the reason, and does it. */
export function RestoreAsNew(props: RestoreAsNewProps) {
  const [open, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  const difference = useDifference(props, open)
  const restore = useRestore(props, () => setOpen(false))
  const error = restore.error ?? difference.error
  const isSame = difference.data !== undefined && difference.data.changes.length === 0
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        setOpen(next)
        restore.reset()
      }}
      title={`Restore @${props.address} as new`}
      trigger={<Button size="small">Restore as new…</Button>}
      footer={
        <Button
          variant="primary"
          pending={restore.isPending}
          disabled={reason.trim() === '' || !difference.data || isSame}
          onClick={() => restore.mutate(reason.trim())}
        >
          Restore as new
        </Button>
      }
    >
      <div className="flex flex-col gap-3">
        {difference.data ? (
          <ul className="list-disc space-y-1 pl-4">
            {restoreEffects(props.group, difference.data).map((effect) => (
              <li key={effect}>{effect}</li>
            ))}
          </ul>
        ) : null}
        {difference.isFetching && !difference.data ? <Skeleton className="h-16" /> : null}
        <Field label="Reason" required hint="Stands in the version’s history and in the audit log.">
          <Textarea
            rows={3}
            maxLength={2000}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </Field>
        {error ? <ErrorState title="Nothing was changed" problem={error.problem ?? unanswered} /> : null}
      </div>
    </Dialog>
  )
}
