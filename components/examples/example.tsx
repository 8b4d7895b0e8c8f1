'use client'
import { useMutation } from '@tanstack/react-query'
import { Button } from '@/components/ui/button'
import { CodeBlock } from '@/components/ui/code-block'
import { ConfirmDialog } from '@/components/ui/confirm-dialog'
import { ErrorState } from '@/components/ui/error-state'
import { formatMilliseconds } from '@/components/ui/format-number'
import { MarkedProse } from '@/components/ui/marked-prose'
import { StateWord } from '@/components/ui/state'
import { Time } from '@/components/ui/time'
import { type ProblemError, request } from '@/lib/api-client'
import type { ExampleResource, ExampleRun } from '@/lib/examples/operations'

interface ExampleProps {
  example: ExampleResource
  mayRemove: boolean
  onRemoved: () => void
}

function LastRun({ run }: { run: ExampleResource['last_run'] }) {
  if (!run) return <span className="text-muted">not looked at yet</span>
  return (
    <span>
      Last run <Time at={run.at} />:{' '}
      {run.worked ? (
        <StateWord state="ok">works</StateWord>
      ) : (
        <>
          <StateWord state="fail">fails</StateWord> with <MarkedProse text={run.failure ?? 'no word'} />
        </>
      )}
    </span>
  )
}

/** Wide answers stand as they came; short ones are taken apart into lines. */
function linesOf({ answer, cut }: ExampleRun): string {
  if (cut) return `${answer}\n… cut here`
  try {
    return JSON.stringify(JSON.parse(answer), null, 2)
  } catch {
    return answer
  }
}

/** One example: what it asks, what came of the last look, and what it answers now. */
export function Example({ example, mayRemove, onRemoved }: ExampleProps) {
  const { id, title, reads, environment } = example
  const path = `/api/v1/examples/${id}`
  const run = useMutation<ExampleRun, ProblemError>({
    mutationFn: async () => (await request<ExampleRun>(`${path}/run`, { method: 'POST' })).data,
  })
  return (
    <li className="flex flex-col gap-2 border-t py-3">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <p className="min-w-0">
          <span className="font-medium">{title}</span>{' '}
          <span className="text-12 text-muted">
            {reads === 'online' ? 'newest values' : 'history'}, {environment}
          </span>
          <span className="block text-12">
            <LastRun run={example.last_run} />
          </span>
        </p>
        <span className="flex gap-2">
          <Button
            size="small"
            pending={run.isPending}
            onClick={() => run.mutate()}
            aria-label={`Run: ${title}`}
          >
            Run
          </Button>
          {mayRemove ? (
            <ConfirmDialog
              trigger={
                <Button size="small" aria-label={`Remove: ${title}`}>
                  Remove
                </Button>
              }
              title={`Remove “${title}”`}
              effects={['It is no longer shown, and no longer looked at.']}
              undo="It cannot be undone; it can be added again."
              action="Remove"
              onConfirm={async () => {
                await request(path, { method: 'DELETE', headers: { 'if-match': '*' } })
                onRemoved()
              }}
            />
          ) : null}
        </span>
      </div>
      <details>
        <summary className="text-12 text-muted max-md:min-h-11">What it asks</summary>
        <CodeBlock
          className="mt-1"
          language="JSON"
          label={`Request of ${title}`}
          code={JSON.stringify(example.request, null, 2)}
        />
      </details>
      {run.error ? <ErrorState title="Not read" problem={run.error.problem} /> : null}
      {run.data ? (
        <div aria-live="polite" className="flex flex-col gap-1">
          <p>
            Answered in <span className="num">{formatMilliseconds(run.data.took_ms)}</span>
            <span className="text-muted">, within the portal</span>
          </p>
          <CodeBlock language="Answer" label={`Answer of ${title}`} code={linesOf(run.data)} />
        </div>
      ) : null}
    </li>
  )
}
