'use client'
import Link from 'next/link'
import { cn } from './cn'
import { useCopy } from './copy-button'
import { parseFullName, splitForCut } from './name-parts'
import { toRoute } from './route'

export interface NameProps {
  /** `group:feature`, `group@2:feature`, `service@2` or a bare name. */
  name: string
  /** With an address the name is a link; without one a click copies it. */
  href?: string
  className?: string
}

function Parts({ name }: { name: string }) {
  const { group, version, name: last } = parseFullName(name)
  const [head, tail] = splitForCut(last)
  const before = group === null ? '' : `${group}${version ?? ''}:`
  return (
    <span aria-hidden className="flex min-w-0">
      {before ? <span className="min-w-8 shrink-[4] truncate text-muted">{before}</span> : null}
      {head ? <span className="min-w-0 truncate font-medium">{head}</span> : null}
      <span className="shrink-0 font-medium">{tail}</span>
      {group === null && version ? <span className="shrink-0 text-muted">{version}</span> : null}
    </span>
  )
}

/** A name in mono: the group muted, the feature at full strength, cut in the middle when room is short. */
export function Name({ name, href, className }: NameProps) {
  const { state, copy } = useCopy()
  const look = cn('inline-flex min-w-0 max-w-full font-mono text-ink', className)
  if (href) {
    return (
      <Link href={toRoute(href)} aria-label={name} title={name} className={cn(look, 'hover:underline')}>
        <Parts name={name} />
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
      <Parts name={name} />
      <span
        aria-live="polite"
        className={cn('ml-1 font-sans text-12 text-muted', state === 'idle' && 'sr-only')}
      >
        {state === 'copied' ? 'copied' : state === 'failed' ? 'not copied' : ''}
      </span>
    </button>
  )
}
