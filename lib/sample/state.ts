import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { db, type Executor } from '@/db/client'
import { settings } from '@/db/schema'
import { invalid } from '@/lib/core/errors'
import type { Variant } from './variant'

const name = 'sample'

const stateSchema = z.object({
  state: z.enum(['loading', 'loaded', 'removed']),
  variant: z.enum(['full', 'small']),
  shift_weeks: z.int(),
  /** The first day, `YYYY-MM-DD`, that has not arrived yet. */
  next_day: z.string(),
})

/** How far the sample has come. The shift stays what it was when the sample was loaded. */
export type SampleState = z.output<typeof stateSchema>

/** Null before the first load. */
export async function readState(): Promise<SampleState | null> {
  const [row] = await db().select().from(settings).where(eq(settings.name, name))
  return row ? stateSchema.parse(row.value) : null
}

export async function writeState(executor: Executor, value: SampleState, now: Date): Promise<void> {
  const updatedAt = now.toISOString()
  await executor
    .insert(settings)
    .values({ name, value, updatedAt })
    .onConflictDoUpdate({ target: settings.name, set: { value, updatedAt } })
}

/** What ALMANAC_SAMPLE asks for. */
export function wantedVariant(): Variant | 'off' {
  const wanted = z
    .enum(['full', 'small', 'off'])
    .default('full')
    .safeParse(process.env.ALMANAC_SAMPLE || undefined)
  if (!wanted.success) throw invalid('Configuration: ALMANAC_SAMPLE must be full, small or off.')
  return wanted.data
}
