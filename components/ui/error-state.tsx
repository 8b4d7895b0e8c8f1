'use client'
import type { ReactNode } from 'react'
import { Button } from './button'
import { CopyButton } from './copy-button'
import { MarkedProse } from './marked-prose'
import type { Problem } from './problem'

export interface ErrorStateProps {
  /** What could not be done: "The statistics could not be read". */
  title: string
  problem?: Problem
  onRetry?: () => void
  /** At the end: what can be said about it. */
  aside?: ReactNode
}

/** Keeps the frame: what failed, why as far as known, the request id to quote, and retry. */
export function ErrorState({ title, problem, onRetry, aside }: ErrorStateProps) {
  return (
    <div
      role="alert"
      className="flex flex-col items-start gap-2 border-fail border-l-2 bg-fail-tint px-4 py-4"
    >
      <p className="font-medium text-15">{title}</p>
      {problem?.detail ? (
        <p className="prose">
          <MarkedProse text={problem.detail} />
        </p>
      ) : null}
      {problem?.errors?.length ? (
        <ul className="prose list-disc space-y-0.5 pl-4">
          {problem.errors.slice(0, 20).map((error) => (
            <li key={`${error.pointer}${error.row ?? ''}${error.code ?? ''}`}>
              <code className="font-mono text-12">{error.pointer}</code> <MarkedProse text={error.reason} />
            </li>
          ))}
        </ul>
      ) : null}
      <div className="mt-1 flex flex-wrap items-center gap-3">
        {onRetry ? <Button onClick={onRetry}>Try again</Button> : null}
        {problem?.request_id ? (
          <span className="inline-flex items-center gap-1 text-12 text-muted">
            Request <code className="font-mono">{problem.request_id}</code>
            <CopyButton text={problem.request_id} what="request id" />
          </span>
        ) : null}
      </div>
      {aside}
    </div>
  )
}
