'use client'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { ErrorState } from '@/components/ui/error-state'
import { MarkedProse } from '@/components/ui/marked-prose'
import { scrollRegion } from '@/components/ui/scroll-region'
import { SkeletonText } from '@/components/ui/skeleton'
import { Time } from '@/components/ui/time'
import { type ProblemError, request } from '@/lib/api-client'
import type {
  DocumentationResource,
  DocumentationRevision,
  DocumentationHistory as History,
} from '@/lib/documentation/operations'
import { documentationPath } from './documentation-path'

interface HistoryProps {
  documentation: DocumentationResource
  onRestored: () => void
}

function Revision({
  documentation,
  revision,
  onRestored,
}: HistoryProps & { revision: DocumentationRevision }) {
  const restore = useMutation<unknown, ProblemError>({
    mutationFn: () =>
      request(documentationPath(documentation.asset), {
        method: 'PATCH',
        body: { text: revision.text, reason: `Revision ${revision.revision} again` },
        headers: { 'if-match': documentation.etag },
      }),
    onSuccess: onRestored,
  })
  const isCurrent = revision.revision === documentation.revision
  return (
    <li className="border-t py-2">
      <details>
        <summary className="flex min-h-6 flex-wrap items-baseline gap-x-3 max-md:min-h-11">
          <span className="num">Revision {revision.revision}</span>
          <span className="text-muted">
            {revision.author}, <Time at={revision.created_at} />
          </span>
          {isCurrent ? <span className="text-muted">holds now</span> : null}
          {revision.reason ? <span className="text-muted">“{revision.reason}”</span> : null}
        </summary>
        <pre
          {...scrollRegion(`Text of revision ${revision.revision}`)}
          className="my-2 max-h-80 overflow-auto whitespace-pre-wrap rounded-control border bg-sunken p-3 font-mono text-12"
        >
          {revision.text || 'No text.'}
        </pre>
        {documentation.change.allowed && !isCurrent ? (
          <Button size="small" pending={restore.isPending} onClick={() => restore.mutate()}>
            Take this text again
          </Button>
        ) : null}
        {restore.error ? (
          <p role="alert" className="mt-1 text-fail">
            <MarkedProse text={restore.error.problem.detail} />
          </p>
        ) : null}
      </details>
    </li>
  )
}

/** Every text that it has had; read when somebody asks for them. */
export function DocumentationHistory({ documentation, onRestored }: HistoryProps) {
  const [isOpen, setOpen] = useState(false)
  const path = `${documentationPath(documentation.asset)}/revisions`
  const { data, error, refetch } = useQuery<History, ProblemError>({
    queryKey: [path, documentation.revision],
    queryFn: async ({ signal }) => (await request<History>(path, { query: { limit: 50 }, signal })).data,
    enabled: isOpen,
  })
  return (
    <details
      className="mt-3 max-w-[68ch]"
      onToggle={(event) => event.currentTarget === event.target && setOpen(event.currentTarget.open)}
    >
      <summary className="text-12 text-muted max-md:min-h-11">Earlier texts</summary>
      {error ? (
        <ErrorState title="The earlier texts did not load" problem={error.problem} onRetry={refetch} />
      ) : null}
      {!data && !error ? <SkeletonText lines={2} /> : null}
      {data ? (
        <>
          <ul className="mt-2 border-b">
            {data.data.map((revision) => (
              <Revision
                key={revision.revision}
                documentation={documentation}
                revision={revision}
                onRestored={onRestored}
              />
            ))}
          </ul>
          {data.meta.total > data.data.length ? (
            <p className="mt-1 text-12 text-muted">
              The newest {data.data.length} of {data.meta.total}; the rest is in the interface.
            </p>
          ) : null}
        </>
      ) : null}
    </details>
  )
}
