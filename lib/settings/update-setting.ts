import { eq } from 'drizzle-orm'
import { type Transaction, withTransaction } from '@/db/client'
import { organisationSettings as settings } from '@/db/schema'
import { authorize, authorizeAtAll, record } from '@/lib/audit'
import { systemResource } from '@/lib/authz'
import type { Context } from '@/lib/core/context'
import { invalidField } from '@/lib/core/errors'
import { requireMatch } from '@/lib/core/if-match'
import { parseInput } from '@/lib/core/parse-input'
import { announceSetting, forgetSetting } from './known-setting'
import { type SettingResource, updateSettingInput } from './operations'
import { etagOf, serialize } from './serialize'
import { meaningOf, type Setting } from './setting'
import { settingNamed } from './setting-named'

async function lock(tx: Transaction, key: string) {
  await tx.insert(settings).values({ key, revision: 0 }).onConflictDoNothing()
  const [row] = await tx.select().from(settings).where(eq(settings.key, key)).for('update')
  if (!row) throw new Error(`The row of ${key} is neither there nor could it be made.`)
  return row
}

/** The value to keep: as the schema read it, so that what is stored is what was checked. */
function checkedValue(setting: Setting<unknown>, value: unknown): unknown {
  if (value === undefined)
    throw invalidField('/value', 'is required; null takes the default back', 'required')
  return value === null ? null : parseInput(setting.schema, value, '/value')
}

/**
 * Sets one thing for the whole organisation; null takes the default back. In force with the commit, in every
 * process. Errors: `forbidden`, `not_found`, `invalid`, `precondition_required`, `precondition_failed`.
 */
export async function updateSetting(
  ctx: Context,
  all: readonly Setting<unknown>[],
  key: string,
  body: unknown,
  ifMatch: string | null,
): Promise<SettingResource> {
  await authorizeAtAll(ctx, 'settings:manage')
  const resource = { ...systemResource, kind: 'settings' as const, id: key, name: key }
  const decision = await authorize(ctx, 'settings:manage', resource)
  const setting = settingNamed(all, key)
  const input = parseInput(updateSettingInput, body)
  const value = checkedValue(setting, input.value)
  const changed = await withTransaction(async (tx) => {
    const before = await lock(tx, key)
    requireMatch(ifMatch, etagOf(before.revision))
    const [after] = await tx
      .update(settings)
      .set({
        value,
        revision: before.revision + 1,
        updatedBy: ctx.actor.id,
        updatedByName: ctx.actor.name,
        updatedAt: ctx.now().toISOString(),
      })
      .where(eq(settings.key, key))
      .returning()
    if (!after) throw new Error('An update found no row.')
    await record(tx, ctx, {
      action: 'settings:manage',
      resource,
      decision,
      before: meaningOf(setting, before.value),
      after: meaningOf(setting, after.value),
      environment: null,
      ...(input.reason === undefined ? {} : { reason: input.reason }),
    })
    await announceSetting(tx, key)
    return after
  })
  forgetSetting(key)
  return serialize(setting, changed)
}
