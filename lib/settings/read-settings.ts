import { eq } from 'drizzle-orm'
import { db } from '@/db/client'
import { organisationSettings as settings } from '@/db/schema'
import { authorizeAtAll } from '@/lib/audit'
import type { Context } from '@/lib/core/context'
import type { SettingResource } from './operations'
import { serialize } from './serialize'
import type { Setting } from './setting'
import { settingNamed } from './setting-named'

/** Every setting and what holds, in the order of their keys. Errors: `forbidden`. */
export async function listSettings(
  ctx: Context,
  all: readonly Setting<unknown>[],
): Promise<{ data: SettingResource[] }> {
  await authorizeAtAll(ctx, 'catalog:describe')
  const rows = new Map((await db().select().from(settings)).map((row) => [row.key, row]))
  const sorted = [...all].sort((a, b) => (a.key < b.key ? -1 : 1))
  return { data: sorted.map((setting) => serialize(setting, rows.get(setting.key))) }
}

/** One setting and what holds. Errors: `forbidden`, `not_found`. */
export async function getSetting(
  ctx: Context,
  all: readonly Setting<unknown>[],
  key: string,
): Promise<SettingResource> {
  await authorizeAtAll(ctx, 'catalog:describe')
  const setting = settingNamed(all, key)
  const [row] = await db().select().from(settings).where(eq(settings.key, setting.key))
  return serialize(setting, row)
}
