import { z } from 'zod'
import { db, type Executor } from '@/db/client'
import { authorize, authorizeAtAll } from '@/lib/audit'
import type { Context } from '@/lib/core/context'
import { DomainError, invalidField } from '@/lib/core/errors'
import { formatTimestamp, parseEventTime } from '@/lib/core/feature-type'
import { parseInput } from '@/lib/core/parse-input'
import { enqueue } from '@/lib/queue'
import { resolveVersion, type ServingVersion } from '@/lib/registry'
import { materializeInput, type QueuedResource } from '../operations'
import { refuseClosed } from '../write-target'

/** Event times as RFC 3339 in UTC, both inclusive; null is open. */
export const materializationInput = z.object({
  group: z.string(),
  version: z.number(),
  environment: z.string(),
  from: z.string().nullable(),
  to: z.string().nullable(),
})
export type MaterializationInput = z.output<typeof materializationInput>

/** One of a version, environment and span at a time; a second request means the one that is under way. */
export const queueMaterialization = (
  executor: Executor,
  ctx: Context,
  input: MaterializationInput,
): Promise<string> =>
  enqueue(executor, ctx, {
    kind: 'materialize',
    input,
    title: `Materialize ${input.group}@${input.version}`,
    resource: { kind: 'group', name: input.group },
    environment: input.environment,
    once: `materialize ${input.group}@${input.version} ${input.environment} ${input.from} ${input.to}`,
  })

function instantOf(text: string | undefined, pointer: string, end: boolean): string | null {
  if (text === undefined) return null
  const micros = parseEventTime(text, end)
  if (micros !== null) return formatTimestamp(micros)
  throw invalidField(
    pointer,
    `\`${text.slice(0, 80)}\` is no instant: RFC 3339 (2026-01-31T08:30:00Z) or a date.`,
    'timestamp',
  )
}

/** The event times of a request as they are kept. Errors: invalid. */
export function materializationSpan(span: z.output<typeof materializeInput>) {
  const from = instantOf(span.from, '/from', false)
  const to = instantOf(span.to, '/to', true)
  if (from !== null && to !== null && from > to) throw invalidField('/from', '`from` lies after `to`.')
  return { from, to }
}

/** Whether rows of this version may be put online now. Errors: conflict, gone. */
export function requireOnline(ctx: Context, version: ServingVersion): void {
  refuseClosed(ctx, version)
  if (version.online) return
  throw new DomainError('conflict', `${version.groupName}@${version.major} has no online store.`)
}

/**
 * Queues the job that brings waiting rows (`to=offline`) online; with `from` and `to` only those of these event times.
 * Errors: forbidden, not_found, invalid, conflict (no online store, a closed version), gone.
 */
export async function requestMaterialization(
  ctx: Context,
  target: { group: string; version?: number | undefined },
  body: unknown,
): Promise<QueuedResource> {
  await authorizeAtAll(ctx, 'group:write_online')
  const { from, to } = materializationSpan(parseInput(materializeInput, body ?? {}))
  const version = await resolveVersion(ctx, target)
  await authorize(ctx, 'group:write_online', version.resource)
  requireOnline(ctx, version)
  const { groupName: group, major, environment } = version
  return { job: await queueMaterialization(db(), ctx, { group, version: major, environment, from, to }) }
}
