'use client'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { UserPlus } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { FormErrors } from '@/components/forms/form-errors'
import { faultsOf } from '@/components/forms/problem-fields'
import { Button, IconButton } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { type ProblemError, request } from '@/lib/api-client'
import type { NotificationResource } from '@/lib/notify/operations'
import { followedKinds } from '@/lib/notify/plain'
import { countKey } from './use-inbox-acts'

interface Person {
  id: string
  name: string
}

/** Whether it is about an asset whose readers can be asked for. */
export const canHandOn = ({ asset }: NotificationResource): boolean =>
  followedKinds.some((kind) => kind === asset.kind)

/** Hands a notice on to somebody who may know of its asset. */
export function HandOn({ one }: { one: NotificationResource }) {
  const router = useRouter()
  const client = useQueryClient()
  const [open, setOpen] = useState(false)
  const [q, setQ] = useState('')
  const { data: people = [] } = useQuery({
    queryKey: ['mentionable', one.asset.kind, one.asset.name, q],
    enabled: open,
    queryFn: async ({ signal }) => {
      const query = { kind: one.asset.kind, name: one.asset.name, q }
      return (await request<{ data: Person[] }>('/api/v1/mentionable-people', { query, signal })).data.data
    },
  })
  const hand = useMutation<unknown, ProblemError, string>({
    mutationFn: (person) =>
      request(`/api/v1/notifications/${one.id}/assign`, { method: 'POST', body: { person } }),
    onSuccess: () => {
      setOpen(false)
      router.refresh()
      return client.invalidateQueries({ queryKey: countKey })
    },
  })
  return (
    <Dialog
      open={open}
      onOpenChange={setOpen}
      trigger={
        <IconButton label="Hand on">
          <UserPlus aria-hidden className="size-4" />
        </IconButton>
      }
      title="Hand on"
      description="It comes to their inbox with your name, and is done here."
    >
      <div className="flex flex-col gap-3">
        <Field label="Name" hint="People who may know of it.">
          <Input autoComplete="off" value={q} onChange={(event) => setQ(event.target.value)} />
        </Field>
        {people.length === 0 ? (
          <p className="text-muted">Nobody else of that name may know of it.</p>
        ) : (
          <ul className="border-t">
            {people.map(({ id, name }) => (
              <li key={id} className="flex min-h-10 items-center justify-between gap-3 border-b py-1">
                <span className="min-w-0 truncate">{name}</span>
                <Button
                  size="small"
                  aria-label={`Hand to ${name}`}
                  pending={hand.isPending}
                  onClick={() => hand.mutate(id)}
                >
                  Hand on
                </Button>
              </li>
            ))}
          </ul>
        )}
        <FormErrors messages={faultsOf(hand.error, () => false).form} />
      </div>
    </Dialog>
  )
}
