import { authorizeAtAll } from '@/lib/audit'
import type { Context } from '@/lib/core/context'
import { parseInput } from '@/lib/core/parse-input'
import {
  type RemovedSampleResource,
  type ReplayedResource,
  removeSampleInput,
  replaySampleInput,
} from './operations'
import { removeSample } from './remove'
import { replaySample } from './replay'

/** Brings as many held-back days in as the body asks for, one when it is silent. Errors: as replaySample; invalid. */
export async function replayOnRequest(ctx: Context, body: unknown): Promise<ReplayedResource> {
  await authorizeAtAll(ctx, 'settings:manage')
  const { days } = parseInput(replaySampleInput, body ?? {})
  const arrived: ReplayedResource['days'] = []
  const { left } = await replaySample(ctx, { days, onDay: (day) => arrived.push(day) })
  return { days: arrived, left }
}

/** Removes the sample once the body repeats the word. Errors: as removeSample; invalid. */
export async function removeOnRequest(ctx: Context, body: unknown): Promise<RemovedSampleResource> {
  await authorizeAtAll(ctx, 'settings:manage')
  parseInput(removeSampleInput, body)
  return removeSample(ctx)
}
