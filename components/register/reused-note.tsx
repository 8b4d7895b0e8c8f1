'use client'
import { useMutation } from '@tanstack/react-query'
import { assetHref } from '@/components/catalog/asset-href'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { Name } from '@/components/ui/name'
import { type ProblemError, request } from '@/lib/api-client'
import type { Definition } from './definition'

interface ReusedNoteProps {
  reused: Definition['reused']
  onBack: (id: string) => void
}

/** What is taken from the catalogue instead of being written anew, each to be put back. */
export function ReusedNote({ reused, onBack }: ReusedNoteProps) {
  const takeBack = useMutation<void, ProblemError, string>({
    mutationFn: async (id) => {
      await request(`/api/v1/features/reuses/${encodeURIComponent(id)}`, { method: 'DELETE' })
    },
    onSuccess: (_, id) => onBack(id),
    // It was taken back elsewhere: the row comes back all the same.
    onError: (error, id) => (error.problem.status === 404 ? onBack(id) : undefined),
  })
  if (reused.length === 0) return null
  return (
    <Callout title="Taken from the catalogue instead">
      <ul className="flex flex-col gap-1">
        {reused.map(({ id, feature, row }) => (
          <li key={id} className="flex flex-wrap items-baseline gap-x-2">
            <Name name={feature} href={assetHref('feature', feature)} />
            <span className="text-muted">instead of {row.cells.name}</span>
            <Button
              size="small"
              pending={takeBack.isPending && takeBack.variables === id}
              onClick={() => takeBack.mutate(id)}
            >
              Put it back
            </Button>
          </li>
        ))}
      </ul>
      {takeBack.error && takeBack.error.problem.status !== 404 ? (
        <p role="alert" className="text-fail">
          {takeBack.error.problem.detail}
        </p>
      ) : null}
    </Callout>
  )
}
