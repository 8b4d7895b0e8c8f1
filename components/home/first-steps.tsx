import type { ReactNode } from 'react'
import { ButtonLink } from '@/components/ui/button'
import { StateShape } from '@/components/ui/state'

/** Which first steps are done; one that the reader's rights do not reach is absent. */
export interface Steps {
  register?: boolean
  key?: boolean
  read?: boolean
}

interface Step {
  name: keyof Steps
  title: string
  how: ReactNode
  href: string
  action: string
}

const steps: Step[] = [
  {
    name: 'register',
    title: 'Register a feature group of your own',
    how: 'Drop a CSV or Parquet file; types, keys and event time are read from it.',
    href: '/register',
    action: 'Register',
  },
  {
    name: 'key',
    title: 'Make an API key',
    how: 'It acts with your rights, or with fewer.',
    href: '/settings/keys/new',
    action: 'Make a key',
  },
  {
    name: 'read',
    title: 'Read a feature with it',
    how: 'Every feature’s page has the code under Use it.',
    href: '/catalog?kind=feature',
    action: 'Find a feature',
  },
]

/** The steps that this reader can take, in order; none when all are done. */
export const openSteps = (done: Steps): Step[] => {
  const own = steps.filter(({ name }) => done[name] !== undefined)
  return own.some(({ name }) => !done[name]) ? own : []
}

/** What somebody new does first, ticked by what is really there. `primary`: nothing else on the page is. */
export function FirstSteps({ done, primary }: { done: Steps; primary: boolean }) {
  const own = openSteps(done)
  const next = own.find(({ name }) => !done[name])?.name
  return (
    <ol className="border-t">
      {own.map(({ name, title, how, href, action }) => (
        <li key={name} className="flex items-start justify-between gap-4 border-b py-2">
          <span className="flex min-w-0 items-start gap-2.5">
            <span className="mt-1.25">
              <StateShape state={done[name] ? 'ok' : 'unknown'} />
            </span>
            <span>
              <span className={done[name] ? 'text-muted' : 'font-medium'}>{title}</span>
              {done[name] ? (
                <span className="text-muted"> · done</span>
              ) : (
                <span className="block text-12 text-muted">{how}</span>
              )}
            </span>
          </span>
          {done[name] ? null : (
            <ButtonLink size="small" href={href} variant={primary && name === next ? 'primary' : 'secondary'}>
              {action}
            </ButtonLink>
          )}
        </li>
      ))}
    </ol>
  )
}
