'use client'
import { useMutation } from '@tanstack/react-query'
import { Button } from '@/components/ui/button'
import type { ProblemError } from '@/lib/api-client'
import { type InlineMember, saveMember } from './inline-member'

export interface Saved {
  before: string
  after: string
  etag: string
}

interface UndoLineProps {
  of: InlineMember
  label: string
  saved: Saved
  onUndone: () => void
}

/** Says that it is saved, and takes it back: unless somebody has changed it since. */
export function UndoLine({ of, label, saved: { before, after, etag }, onUndone }: UndoLineProps) {
  const undo = useMutation<unknown, ProblemError>({
    mutationFn: () => saveMember(of, before, { base: after, etag }),
    onSuccess: onUndone,
  })
  if (undo.isSuccess) {
    return (
      <p role="status" className="text-12 text-muted">
        {label} is as it was before.
      </p>
    )
  }
  return (
    <p role="status" className="flex flex-wrap items-center gap-2 text-12 text-muted">
      {undo.error
        ? undo.error.problem.status === 412
          ? 'Not taken back: somebody has changed it since.'
          : `Not taken back: ${undo.error.problem.detail}`
        : `${label} is saved.`}
      <Button size="small" pending={undo.isPending} onClick={() => undo.mutate()}>
        Undo
      </Button>
    </p>
  )
}
