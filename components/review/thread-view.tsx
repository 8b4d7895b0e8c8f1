'use client'
import { useState } from 'react'
import { exactText } from '@/components/feature-group/words'
import { Button } from '@/components/ui/button'
import { ErrorState } from '@/components/ui/error-state'
import { MarkedProse } from '@/components/ui/marked-prose'
import { Time } from '@/components/ui/time'
import type { CommentResource, ThreadResource } from '@/lib/governance/operations'
import { CommentEdit } from './comment-edit'
import { CommentForm } from './comment-form'
import { type ThreadPlace, useThreadAct } from './use-thread-act'

interface ThreadProps extends ThreadPlace {
  thread: ThreadResource
  /** Whether the reader may apply what is suggested. */
  mayApply: boolean
  /** Names the field: it stands at no line of its own. */
  named?: boolean
}

const valueText = (value: unknown) =>
  value === null ? <span className="text-muted">nothing</span> : exactText(value)

const suggestionStates = { open: null, applied: 'applied by', declined: 'declined by' } as const

function SuggestedEdit({
  comment,
  thread,
  mayApply,
  ...place
}: Omit<ThreadProps, 'named'> & { comment: CommentResource }) {
  const act = useThreadAct(place)
  const { suggestion } = comment
  if (!suggestion) return null
  const settled = suggestionStates[suggestion.state]
  const path = (name: string) => `/${thread.id}/comments/${comment.id}/${name}`
  return (
    <div className="mt-1 flex flex-col gap-1 border border-hairline bg-sunken px-2 py-1.5">
      <p className="font-mono text-12 [overflow-wrap:anywhere]">
        <span className="text-muted">{thread.field}: </span>
        <del className="text-muted">{valueText(suggestion.old)}</del> → <ins>{valueText(suggestion.new)}</ins>
      </p>
      {settled ? (
        <p className="text-12 text-muted">
          {settled} {suggestion.decided_by}
        </p>
      ) : null}
      {suggestion.state === 'open' && mayApply && thread.field === 'description' ? (
        <p className="text-12 text-muted">
          A text of the group has no draft: readers see it at once, and approvals given so far are void.
        </p>
      ) : null}
      {suggestion.state === 'open' && (mayApply || comment.mine) ? (
        <div className="flex flex-wrap gap-2">
          {mayApply ? (
            <Button
              size="small"
              variant="primary"
              pending={act.isPending}
              onClick={() => act.mutate({ path: path('apply') })}
            >
              {thread.field === 'description' ? 'Change the group’s text now' : 'Apply'}
            </Button>
          ) : null}
          <Button
            size="small"
            pending={act.isPending}
            onClick={() => act.mutate({ path: path('decline'), body: {} })}
          >
            {comment.mine && !mayApply ? 'Take back' : 'Decline'}
          </Button>
        </div>
      ) : null}
      {act.error ? <ErrorState title="Nothing was changed" problem={act.error.problem} /> : null}
    </div>
  )
}

function Comment(props: Omit<ThreadProps, 'named'> & { comment: CommentResource }) {
  const { comment, group, version, thread } = props
  const [editing, setEditing] = useState(false)
  return (
    <li className="flex flex-col gap-0.5">
      <p className="flex flex-wrap items-baseline gap-x-2 text-12 text-muted">
        <span className="font-medium text-ink">{comment.author}</span>
        <Time at={comment.created_at} relative />
        {comment.edited_at ? <span>edited</span> : null}
        {comment.mine && !editing ? (
          <button type="button" className="link hit" onClick={() => setEditing(true)}>
            Edit
          </button>
        ) : null}
      </p>
      {editing ? (
        <CommentEdit
          group={group}
          version={version}
          thread={thread.id}
          comment={comment}
          onDone={() => setEditing(false)}
        />
      ) : (
        <p className="prose whitespace-pre-line [overflow-wrap:anywhere]">
          <MarkedProse text={comment.text} />
        </p>
      )}
      <SuggestedEdit {...props} />
    </li>
  )
}

/** A conversation at a line: what was said, what is suggested, and whether it is settled. */
export function ThreadView(props: ThreadProps) {
  const { thread, group, version, named } = props
  const [open, setOpen] = useState(false)
  const [answering, setAnswering] = useState(false)
  const act = useThreadAct({ group, version })
  const { resolved } = thread
  const field = thread.field === '' ? 'the whole change' : thread.field
  if (resolved && !open) {
    return (
      <button
        type="button"
        id={`thread-${thread.id}`}
        className="hit flex w-full flex-wrap gap-x-2 border-l-2 px-3 py-1 text-left text-12 text-muted hover:text-ink"
        onClick={() => setOpen(true)}
      >
        <span>Settled by {resolved.by}</span>
        {named ? <span className="font-mono">{field}</span> : null}
        <span>{thread.comments.length === 1 ? '1 comment' : `${thread.comments.length} comments`}</span>
      </button>
    )
  }
  return (
    <article
      id={`thread-${thread.id}`}
      aria-label={`Thread on ${field}`}
      className="flex flex-col gap-2 border-accent border-l-2 bg-surface px-3 py-2"
    >
      {named ? <p className="font-mono text-12 text-muted">{field}</p> : null}
      <ul className="flex flex-col gap-2">
        {thread.comments.map((comment) => (
          <Comment key={comment.id} {...props} comment={comment} />
        ))}
      </ul>
      {answering ? (
        <CommentForm
          group={group}
          version={version}
          path={`/${thread.id}/comments`}
          field={thread.field}
          label="Reply"
          onDone={() => setAnswering(false)}
          onCancel={() => setAnswering(false)}
        />
      ) : (
        <div className="flex flex-wrap gap-2">
          <Button size="small" onClick={() => setAnswering(true)}>
            Reply
          </Button>
          <Button
            size="small"
            variant="quiet"
            pending={act.isPending}
            onClick={() => act.mutate({ path: `/${thread.id}/${resolved ? 'reopen' : 'resolve'}` })}
          >
            {resolved ? 'Reopen' : 'Settle'}
          </Button>
          {resolved ? (
            <Button size="small" variant="quiet" onClick={() => setOpen(false)}>
              Fold
            </Button>
          ) : null}
        </div>
      )}
      {act.error ? <ErrorState title="Nothing was changed" problem={act.error.problem} /> : null}
    </article>
  )
}
