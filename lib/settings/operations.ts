import { z } from 'zod'
import { type Operation, operation } from '@/lib/core/operation'

const tag = 'settings'
const params = z.object({ key: z.string().max(200) })
const query = z.strictObject({ environment: z.string().max(100).optional() })

export const settingResource = z.object({
  key: z.string(),
  about: z.string(),
  value: z.unknown().describe('What holds: what was set, else the default.'),
  default: z.unknown(),
  is_default: z.boolean(),
  schema: z.record(z.string(), z.unknown()).describe('JSON Schema of the value.'),
  revision: z.int().describe('0 where nobody ever set anything.'),
  etag: z.string(),
  updated_by: z.string().nullable(),
  updated_at: z.string().nullable(),
})
export type SettingResource = z.output<typeof settingResource>

export const updateSettingInput = z.strictObject({
  value: z.unknown().describe('The whole value; null for the default.'),
  reason: z.string().min(1).max(2000).optional(),
})

export const listSettingsOperation = operation({
  operationId: 'listSettings',
  method: 'GET',
  path: '/api/v1/settings',
  summary: 'List what an organisation can set, and what holds',
  tag,
  query,
  responses: { 200: { description: 'All settings.', schema: z.object({ data: z.array(settingResource) }) } },
  auth: 'required',
  action: 'catalog:describe',
})

export const getSettingOperation = operation({
  operationId: 'getSetting',
  method: 'GET',
  path: '/api/v1/settings/{key}',
  summary: 'Read a setting',
  tag,
  params,
  query,
  responses: { 200: { description: 'The setting, its ETag beside it.', schema: settingResource } },
  auth: 'required',
  action: 'catalog:describe',
})

export const updateSettingOperation = operation({
  operationId: 'updateSetting',
  method: 'PATCH',
  path: '/api/v1/settings/{key}',
  summary: 'Set something for the whole organisation, or take it back to its default',
  description: 'Needs If-Match with the ETag that was read, or `*`. In force at once.',
  tag,
  params,
  query,
  body: {
    schema: updateSettingInput,
    example: { value: { required: ['domain'], custom_fields: [] }, reason: 'Agreed in the data council.' },
  },
  responses: { 200: { description: 'The setting afterwards.', schema: settingResource } },
  auth: 'required',
  action: 'settings:manage',
})

export const settingsOperations: Operation[] = [
  listSettingsOperation,
  getSettingOperation,
  updateSettingOperation,
]
