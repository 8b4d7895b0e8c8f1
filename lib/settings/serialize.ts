import { z } from 'zod'
import type { organisationSettings } from '@/db/schema'
import type { SettingResource } from './operations'
import { meaningOf, type Setting } from './setting'

export type SettingRow = typeof organisationSettings.$inferSelect

export const etagOf = (revision: number) => `"${revision}"`

/** PostgreSQL's text of an instant as RFC 3339. */
const rfc3339 = (text: string) => new Date(text).toISOString()

export function serialize(setting: Setting<unknown>, row: SettingRow | undefined): SettingResource {
  const revision = row?.revision ?? 0
  return {
    key: setting.key,
    about: setting.about ?? '',
    value: meaningOf(setting, row?.value),
    default: setting.fallback,
    is_default: row?.value === null || row?.value === undefined,
    // zod hangs methods on its answer; pages hand this on to the browser.
    schema: { ...z.toJSONSchema(setting.schema, { io: 'input', unrepresentable: 'any' }) },
    revision,
    etag: etagOf(revision),
    updated_by: row?.updatedByName ?? null,
    updated_at: row?.updatedAt ? rfc3339(row.updatedAt) : null,
  }
}
