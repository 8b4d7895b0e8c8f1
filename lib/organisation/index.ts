import type { Context } from '@/lib/core/context'
import {
  getSetting as getAmong,
  listSettings as listAmong,
  updateSetting as updateAmong,
} from '@/lib/settings'
import { allSettings } from './all-settings'

/** Every setting and what holds. Errors: `forbidden`. */
export const listSettings = (ctx: Context) => listAmong(ctx, allSettings)

/** One setting and what holds. Errors: `forbidden`, `not_found`. */
export const getSetting = (ctx: Context, key: string) => getAmong(ctx, allSettings, key)

/** Sets one thing for everybody; see lib/settings. */
export const updateSetting = (ctx: Context, key: string, body: unknown, ifMatch: string | null) =>
  updateAmong(ctx, allSettings, key, body, ifMatch)
