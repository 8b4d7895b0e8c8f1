import { sql } from '@/db/client'
import { engineHealth } from '@/lib/offline'
import type { Health } from './operations'

const timeoutMilliseconds = 2000

async function within<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer within 2 s')), timeoutMilliseconds)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

async function check(name: string, work: () => Promise<unknown>): Promise<Health['parts'][number]> {
  try {
    await within(work())
    return { name, ok: true, detail: 'answers' }
  } catch (error) {
    return { name, ok: false, detail: error instanceof Error && error.message ? error.message : 'no answer' }
  }
}

/** Asks each part that serving needs, at most 2 s each. */
export async function health(): Promise<Health> {
  const parts = await Promise.all([check('database', () => sql()`select 1`), check('engine', engineHealth)])
  return { status: parts.every((part) => part.ok) ? 'ok' : 'degraded', parts }
}
