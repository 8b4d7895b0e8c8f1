import { decide, systemResource } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { parseInput } from '@/lib/core/parse-input'
import { getSetting } from '@/lib/organisation'
import { previewArchiving } from '@/lib/retirement'
import { archivePolicySchema, previewArchivingQuery } from '@/lib/retirement/operations'

/** What the policy is set to, and what it would do with the days of the address. Errors: `invalid`, `forbidden`. */
export async function loadPolicy(ctx: Context, params: Record<string, string | string[] | undefined>) {
  const { unread_days, successor_days } = params
  const asked = parseInput(previewArchivingQuery, { unread_days, successor_days })
  const { value, etag } = await getSetting(ctx, 'retirement.archive_policy')
  return {
    preview: await previewArchiving(ctx, asked),
    set: archivePolicySchema.parse(value),
    etag,
    mayManage: decide(ctx, 'settings:manage', systemResource).allowed,
  }
}
