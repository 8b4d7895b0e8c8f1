import { authorize } from '@/lib/audit'
import type { Context } from '@/lib/core/context'
import { resolveVersion } from '@/lib/registry'

/** What a row of this group holds; refuses a reader who may not write it, before anything is dropped. */
export async function writeTarget(ctx: Context, group: string, asked: string | string[] | undefined) {
  const major = typeof asked === 'string' && /^[1-9]\d{0,8}$/.test(asked) ? Number(asked) : undefined
  const version = await resolveVersion(ctx, { group, ...(major === undefined ? {} : { version: major }) })
  await authorize(ctx, 'group:write_offline', version.resource)
  return {
    environment: ctx.environment,
    version: version.major,
    columns: [
      ...version.keys.map(({ name, typeText }) => ({ name, type: typeText, part: 'Key' })),
      { name: version.timestampKey, type: 'timestamp', part: 'Event time, RFC 3339' },
      ...version.features
        .filter(({ expression }) => expression === null)
        .map(({ name, typeText, role }) => ({
          name,
          type: typeText,
          part: role === 'label' ? 'Label' : 'Feature',
        })),
      ...version.inputs.map(({ name, typeText }) => ({ name, type: typeText, part: 'Input, not stored' })),
    ],
  }
}
