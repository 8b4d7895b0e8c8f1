import type { ReactNode } from 'react'
import { NotReady } from '@/components/layout/not-ready'
import type { Context } from '@/lib/core/context'
import { load } from '@/lib/http/page-context'

interface PartProps<T> {
  /** What is shown here: "The statistics". */
  what: string
  environment: string
  work: (ctx: Context) => Promise<T>
  children: (value: T) => ReactNode
}

/** A part of a page that loads by itself: what is refused or failed leaves the rest of the page standing. */
export async function Part<T>({ what, environment, work, children }: PartProps<T>) {
  const loaded = await load(work, environment)
  if (loaded.state === 'ready') return children(loaded.value)
  return <NotReady loaded={loaded} what={what} />
}
