'use client'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { MarkedProse } from '@/components/ui/marked-prose'
import { Time } from '@/components/ui/time'
import { type ProblemError, request } from '@/lib/api-client'
import type { CommentedAsset, CommentResource } from '@/lib/comments/operations'
import { CommentBox } from './comment-box'
import { partsOf } from './mentions'

const gone = { by_author: 'Deleted by who wrote it.', by_owner: 'Deleted by the owner team.' }

function Body({ comment }: { comment: CommentResource }) {
  if (comment.deleted) return <p className="text-muted italic">{gone[comment.deleted]}</p>
  return (
    <p className="prose whitespace-pre-line [overflow-wrap:anywhere]">
      {partsOf(comment.body, comment.mentions).map((part, index) =>
        part.isMention ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts of a text have no identity but their place
          <span key={index} className="font-medium text-accent">
            {part.text}
          </span>
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts of a text have no identity but their place
          <MarkedProse key={index} text={part.text} />
        ),
      )}
    </p>
  )
}

interface CommentProps {
  asset: CommentedAsset
  comment: CommentResource
  onChanged: () => void
}

/** Who said what and when; its author changes and deletes it here, the owner deletes it. */
export function Comment({ asset, comment, onChanged }: CommentProps) {
  const [editing, setEditing] = useState(false)
  const path = `/api/v1/comments/${comment.id}`
  const headers = { 'if-match': comment.etag }
  const remove = useMutation<unknown, ProblemError>({
    mutationFn: () => request(path, { method: 'DELETE', headers }),
    onSuccess: onChanged,
  })
  if (editing) {
    return (
      <CommentBox
        asset={asset}
        label="Your comment"
        action="Save"
        draft={`comment.edit.${comment.id}`}
        initial={comment}
        send={(body) => request(path, { method: 'PATCH', headers, body })}
        onDone={() => {
          setEditing(false)
          onChanged()
        }}
        onCancel={() => setEditing(false)}
      />
    )
  }
  return (
    <article id={`comment-${comment.id}`} className="flex flex-col gap-1 target:bg-accent-tint">
      <p className="flex flex-wrap items-baseline gap-x-2 text-12">
        <span className="font-medium text-13">{comment.author.name}</span>
        <span className="text-muted">
          <Time at={comment.created_at} relative />
          {comment.edited_at ? ', edited' : ''}
        </span>
      </p>
      <Body comment={comment} />
      {comment.may.edit || comment.may.delete ? (
        <div className="flex gap-1">
          {comment.may.edit ? (
            <Button
              size="small"
              variant="quiet"
              aria-label={`Edit the comment of ${comment.author.name}`}
              onClick={() => setEditing(true)}
            >
              Edit
            </Button>
          ) : null}
          {comment.may.delete ? (
            <ConfirmDialog
              trigger={
                <Button
                  size="small"
                  variant="quiet"
                  aria-label={`Delete the comment of ${comment.author.name}`}
                >
                  Delete
                </Button>
              }
              title={`Delete the comment of ${comment.author.name}`}
              effects={['Its text is gone; what was answered to it stays.']}
              undo="This cannot be undone."
              action="Delete"
              onConfirm={async () => {
                await remove.mutateAsync()
              }}
            />
          ) : null}
        </div>
      ) : null}
    </article>
  )
}
