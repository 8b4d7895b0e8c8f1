'use client'
import { Check, Copy } from 'lucide-react'
import { useEffect, useState } from 'react'
import { cn } from './cn'

/** Copies text; `copied` is true for 1.5 s, `failed` when the browser refused. */
export function useCopy() {
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle')
  useEffect(() => {
    if (state === 'idle') return
    const timer = setTimeout(() => setState('idle'), 1500)
    return () => clearTimeout(timer)
  }, [state])
  const copy = (text: string) =>
    navigator.clipboard.writeText(text).then(
      () => setState('copied'),
      () => setState('failed'),
    )
  return { state, copy }
}

export interface CopyButtonProps {
  text: string
  /** What is copied: "name", "code", "request id". */
  what: string
  /** Show the word beside the icon. */
  withWord?: boolean
  className?: string
}

export function CopyButton({ text, what, withWord, className }: CopyButtonProps) {
  const { state, copy } = useCopy()
  const word = state === 'copied' ? 'Copied' : state === 'failed' ? 'Not allowed by the browser' : 'Copy'
  const Icon = state === 'copied' ? Check : Copy
  return (
    <button
      type="button"
      aria-label={`Copy ${what}`}
      title={`Copy ${what}`}
      onClick={() => copy(text)}
      className={cn(
        'hit inline-flex h-6 shrink-0 items-center gap-1 rounded-control px-1 text-12 text-muted transition-colors hover:bg-ink-tint hover:text-ink',
        className,
      )}
    >
      <Icon aria-hidden className="size-3.5" />
      {withWord || state === 'failed' ? <span>{word}</span> : null}
      <span aria-live="polite" className="sr-only">
        {state === 'idle' ? '' : word}
      </span>
    </button>
  )
}
