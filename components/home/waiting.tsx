import Link from 'next/link'
import { toRoute } from '@/components/ui/route'
import { StateShape } from '@/components/ui/state'
import { Time } from '@/components/ui/time'

export interface WaitingLine {
  id: string
  /** What it is, in a word or two: "Join request". */
  what: string
  title: string
  href: string
  /** RFC 3339, UTC. */
  at: string
  /** Of an alert. */
  state?: 'fail' | 'warn'
}

/** One line each; a click leads to where it is settled. */
export function WaitingList({ lines }: { lines: readonly WaitingLine[] }) {
  if (lines.length === 0) return null
  return (
    <ul className="border-t">
      {lines.map(({ id, what, title, href, at, state }) => (
        <li key={id} className="border-b">
          <Link
            href={toRoute(href)}
            className="flex min-h-8 flex-wrap items-center gap-x-3 py-1.5 hover:bg-sunken max-md:min-h-11"
          >
            {state ? <StateShape state={state} /> : null}
            <span className="w-28 shrink-0 text-12 text-muted">{what}</span>
            <span className="min-w-0 flex-1">{title}</span>
            <Time at={at} relative className="text-12 text-muted" />
          </Link>
        </li>
      ))}
    </ul>
  )
}
