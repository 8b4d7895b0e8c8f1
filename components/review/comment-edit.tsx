'use client'
import { type FormEvent, useState } from 'react'
import { Button } from '@/components/ui/button'
import { ErrorState } from '@/components/ui/error-state'
import { Field } from '@/components/ui/field'
import { Textarea } from '@/components/ui/textarea'
import type { CommentResource } from '@/lib/governance/operations'
import { type ThreadPlace, useThreadAct } from './use-thread-act'

interface CommentEditProps extends ThreadPlace {
  thread: string
  comment: CommentResource
  onDone: () => void
}

/** Changes what one wrote; a text that somebody changed meanwhile is told and stays typed. */
export function CommentEdit({ group, version, thread, comment, onDone }: CommentEditProps) {
  const [text, setText] = useState(comment.text)
  const act = useThreadAct({ group, version }, onDone)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    act.mutate({
      path: `/${thread}/comments/${comment.id}`,
      method: 'PATCH',
      body: { text: text.trim() },
      headers: { 'if-match': comment.etag },
    })
  }
  return (
    <form onSubmit={submit} className="flex flex-col gap-2">
      <Field label="Your comment">
        <Textarea
          rows={2}
          maxLength={10_000}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      </Field>
      <div className="flex gap-2">
        <Button
          type="submit"
          variant="primary"
          size="small"
          pending={act.isPending}
          disabled={text.trim() === ''}
        >
          Save
        </Button>
        <Button size="small" onClick={onDone}>
          Cancel
        </Button>
      </div>
      {act.error ? <ErrorState title="Not saved" problem={act.error.problem} /> : null}
    </form>
  )
}
