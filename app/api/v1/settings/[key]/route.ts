import { defineRoutes, json, route } from '@/lib/http'
import { getSetting, updateSetting } from '@/lib/organisation'
import { getSettingOperation, updateSettingOperation } from '@/lib/settings/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(getSettingOperation, async (ctx, { params }) => {
    const setting = await getSetting(ctx, params.key)
    return json(200, setting, { etag: setting.etag })
  }),
  route(updateSettingOperation, async (ctx, { params, body, headers }) => {
    const setting = await updateSetting(ctx, params.key, await body(), headers.get('if-match'))
    return json(200, setting, { etag: setting.etag })
  }),
)
