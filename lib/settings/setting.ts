import { eq } from 'drizzle-orm'
import type { z } from 'zod'
import type { Executor } from '@/db/client'
import { organisationSettings as settings } from '@/db/schema'

interface Definition<T> {
  /** Dotted, the room first: `registry.naming`. */
  key: string
  /** What the value may be. Nothing secret: whoever may see the catalogue may read every setting. */
  schema: z.ZodType<T>
  /** What holds where nobody set anything. */
  fallback: T
  /** One sentence for the list of settings. */
  about?: string
}

export type Setting<T> = Readonly<Definition<T>>

/** One thing that an organisation may set. Export it in its room's `settings` too, or nobody can. */
export const defineSetting = <T>(definition: Definition<T>): Setting<T> => definition

/** What a stored value means: one that no longer fits its schema counts as not set. */
export function meaningOf<T>({ schema, fallback }: Setting<T>, stored: unknown): T {
  if (stored === null || stored === undefined) return fallback
  const parsed = schema.safeParse(stored)
  return parsed.success ? parsed.data : fallback
}

/** What is set now, in the executor's transaction; the fallback where nothing is. */
export async function readSetting<T>(executor: Executor, setting: Setting<T>): Promise<T> {
  const [row] = await executor
    .select({ value: settings.value })
    .from(settings)
    .where(eq(settings.key, setting.key))
  return meaningOf(setting, row?.value)
}
