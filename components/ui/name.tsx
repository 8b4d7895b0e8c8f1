'use client'
import Link from 'next/link'
import { cn } from './cn'
import { useCopy } from './copy-button'
import { NameText } from './name-text'
import { toRoute } from './route'

export interface NameProps {
  /** `group:feature`, `group@2:feature`, `service@2` or a bare name. */
  name: string
  /** With an address the name is a link; without one a click copies it. */
  href?: string
  className?: string
}

/** A name in mono: the group muted, the feature at full strength, cut in the middle when room is short. */
export function Name({ name, href, className }: NameProps) {
  const { state, copy } = useCopy()
  const look = cn('inline-flex min-w-0 max-w-full', className)
  if (href) {
    return (
      <Link href={toRoute(href)} aria-label={name} className={cn(look, 'hover:underline')}>
        <NameText name={name} />
      </Link>
    )
  }
  return (
    <button
      type="button"
      aria-label={`Copy name ${name}`}
      title={state === 'copied' ? 'Copied' : `${name} (click copies)`}
      onClick={() => copy(name)}
      className={cn(look, 'cursor-copy rounded-control hover:bg-ink-tint')}
    >
      <NameText name={name} />
      <span
        aria-live="polite"
        className={cn('ml-1 font-sans text-12 text-muted', state === 'idle' && 'sr-only')}
      >
        {state === 'copied' ? 'copied' : state === 'failed' ? 'not copied' : ''}
      </span>
    </button>
  )
}
