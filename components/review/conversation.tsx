'use client'
import { useState } from 'react'
import { Field } from '@/components/ui/field'
import { Select } from '@/components/ui/select'
import type { ThreadResource } from '@/lib/governance/operations'
import { CommentForm } from './comment-form'
import { ThreadView } from './thread-view'
import type { ThreadPlace } from './use-thread-act'

interface ConversationProps extends ThreadPlace {
  threads: readonly ThreadResource[]
  /** Lines that the change leaves as they are. */
  others: readonly string[]
  mayApply: boolean
}

/** What is said about the whole change, and about lines that it does not touch. */
export function Conversation({ threads, others, mayApply, ...place }: ConversationProps) {
  const [field, setField] = useState('')
  return (
    <div className="flex flex-col gap-3">
      {threads.map((thread) => (
        <ThreadView key={thread.id} {...place} thread={thread} mayApply={mayApply} named />
      ))}
      <div className="flex max-w-140 flex-col gap-2">
        <Field label="About">
          <Select
            options={[{ value: '', label: 'The whole change' }, ...others]}
            value={field}
            onChange={(event) => setField(event.target.value)}
          />
        </Field>
        <CommentForm key={field} {...place} path="" field={field} label="Comment" />
      </div>
    </div>
  )
}
