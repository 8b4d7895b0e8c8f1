import { z } from 'zod'
import type { Context } from '@/lib/core/context'
import { invalidField } from '@/lib/core/errors'
import { parseInput } from '@/lib/core/parse-input'
import { materializeNow, materializeSoon } from '@/lib/ingestion'
import { versionOfView } from './reference'

const views = z.array(z.string().max(200)).max(1000).nullish()
const instant = z.string().max(100)
// Feast's clients send flags that mean nothing here: they are passed over.
const materializeInput = z.object({
  start_ts: instant.nullish(),
  end_ts: instant.nullish(),
  feature_views: views,
  disable_event_timestamp: z.boolean().default(false),
})
const incrementalInput = z.object({ end_ts: instant, feature_views: views })

interface Asked {
  names: z.output<typeof views>
  from?: string | undefined
  to?: string | undefined
  /** Answer with jobs instead of waiting for them. */
  isAsync: boolean
}

/** Ids of the jobs; null when everything is online already. */
async function act(ctx: Context, { names, from, to, isAsync }: Asked): Promise<string[] | null> {
  const references = names?.map(versionOfView) ?? null
  if (isAsync) return materializeSoon(ctx, references, { from, to })
  await materializeNow(ctx, references, { from, to })
  return null
}

/** Feast's materialize: rows between two event times go online, before the answer or as jobs. Errors: as materializeNow. */
export async function materialize(ctx: Context, body: unknown, isAsync = false): Promise<string[] | null> {
  const input = parseInput(materializeInput, body)
  const { start_ts: from, end_ts: to, feature_views: names, disable_event_timestamp: all } = input
  if (!all && (!from || !to))
    throw invalidField(
      from ? '/end_ts' : '/start_ts',
      'start_ts and end_ts are needed, or disable_event_timestamp.',
    )
  return act(ctx, { names, isAsync, ...(all ? {} : { from: from ?? undefined, to: to ?? undefined }) })
}

/** Feast's incremental form: whatever waits, up to an event time. Errors: as materializeNow. */
export async function materializeIncremental(
  ctx: Context,
  body: unknown,
  isAsync = false,
): Promise<string[] | null> {
  const { end_ts: to, feature_views: names } = parseInput(incrementalInput, body)
  return act(ctx, { names, to, isAsync })
}
