'use client'
import { useMutation } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { plural } from '@/components/ui/format-number'
import { MarkedProse } from '@/components/ui/marked-prose'
import { Section } from '@/components/ui/section'
import { type ProblemError, request } from '@/lib/api-client'
import type { CommentedAsset, ThreadPage, ThreadResource } from '@/lib/comments/operations'
import { Comment } from './comment'
import { CommentBox } from './comment-box'

interface ThreadProps {
  asset: CommentedAsset
  thread: ThreadResource
  onChanged: () => void
}

function Settle({ thread, onChanged }: Omit<ThreadProps, 'asset'>) {
  const isSettled = thread.resolved_at !== null
  const settle = useMutation<unknown, ProblemError>({
    mutationFn: () =>
      request(`/api/v1/comments/${thread.id}/${isSettled ? 'reopen' : 'resolve'}`, { method: 'POST' }),
    onSuccess: onChanged,
  })
  return (
    <>
      <Button size="small" variant="quiet" pending={settle.isPending} onClick={() => settle.mutate()}>
        {isSettled ? 'Open again' : 'Settled'}
      </Button>
      {settle.error ? (
        <span role="alert" className="text-12 text-fail">
          <MarkedProse text={settle.error.problem.detail} />
        </span>
      ) : null}
    </>
  )
}

function Thread({ asset, thread, onChanged }: ThreadProps) {
  const [answering, setAnswering] = useState(false)
  const isSettled = thread.resolved_at !== null
  return (
    <li className="flex flex-col gap-3 border-b py-3">
      <Comment asset={asset} comment={thread} onChanged={onChanged} />
      {thread.replies.length > 0 ? (
        <ul className="flex flex-col gap-3 border-hairline border-l-2 pl-4">
          {thread.replies.map((reply) => (
            <li key={reply.id}>
              <Comment asset={asset} comment={reply} onChanged={onChanged} />
            </li>
          ))}
        </ul>
      ) : null}
      {answering ? (
        <CommentBox
          asset={asset}
          label="Your answer"
          action="Answer"
          draft={`comment.answer.${thread.id}`}
          send={(said) =>
            request('/api/v1/comments', { method: 'POST', body: { asset, thread: thread.id, ...said } })
          }
          onDone={() => {
            setAnswering(false)
            onChanged()
          }}
          onCancel={() => setAnswering(false)}
        />
      ) : (
        <div className="flex flex-wrap items-center gap-2">
          <Button size="small" aria-label={`Answer ${thread.author.name}`} onClick={() => setAnswering(true)}>
            Answer
          </Button>
          {thread.may_resolve ? <Settle thread={thread} onChanged={onChanged} /> : null}
          {isSettled ? <span className="text-12 text-muted">settled by {thread.resolved_by}</span> : null}
        </div>
      )}
    </li>
  )
}

interface DiscussionProps {
  asset: CommentedAsset
  page: ThreadPage
}

/** What is said about an asset, and where to say it. */
export function Discussion({ asset, page: { data, meta } }: DiscussionProps) {
  const router = useRouter()
  const onChanged = () => router.refresh()
  return (
    <Section
      id="discussion"
      title="Discussion"
      aside={meta.total > 0 ? `${plural(meta.total, 'thread')}, ${meta.unresolved} open` : undefined}
    >
      <div className="flex max-w-240 flex-col gap-3">
        {data.length === 0 ? (
          <p className="text-muted">
            Nobody has said anything yet. Whoever may know of it can ask here; who follows it is told.
          </p>
        ) : (
          <ul aria-label="Threads" className="border-t">
            {data.map((thread) => (
              <Thread key={thread.id} asset={asset} thread={thread} onChanged={onChanged} />
            ))}
          </ul>
        )}
        {meta.next_cursor ? (
          <p className="text-12 text-muted">
            The newest {data.length} of {meta.total}; the older ones are in the interface.
          </p>
        ) : null}
        <CommentBox
          asset={asset}
          label="Comment"
          action="Comment"
          draft={`comment.${asset.kind}.${asset.name}`}
          send={(said) => request('/api/v1/comments', { method: 'POST', body: { asset, ...said } })}
          onDone={onChanged}
        />
      </div>
    </Section>
  )
}
