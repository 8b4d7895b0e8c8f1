'use client'
import { useMutation } from '@tanstack/react-query'
import { Button } from '@/components/ui/button'
import { plural } from '@/components/ui/format-number'
import { type ProblemError, request } from '@/lib/api-client'
import { endingPath } from './ending-path'

/** Reminds those who have not acknowledged it and those who read on; says beside it how many that were. */
export function RemindButton({ group, version }: { group: string; version: number }) {
  const act = useMutation<{ told: number }, ProblemError>({
    mutationFn: async () =>
      (await request<{ told: number }>(`${endingPath(group, version)}/remind`, { method: 'POST' })).data,
  })
  const told = act.data?.told
  return (
    <span className="flex flex-wrap items-center gap-3">
      <span role="status" className="text-12 text-muted">
        {told === undefined
          ? null
          : told === 0
            ? 'Everybody was reminded today.'
            : `${plural(told, 'person', 'people')} reminded.`}
        {act.error ? act.error.message : null}
      </span>
      <Button size="small" pending={act.isPending} onClick={() => act.mutate()}>
        Remind
      </Button>
    </span>
  )
}
