import { z } from 'zod'
import { instantSchema } from '@/lib/core/instant'
import { type Operation, operation } from '@/lib/core/operation'
import { isStorableText, unstorableReason } from '@/lib/core/text'
import { followOperations } from './follow-operations'
import { noticeAssetKinds, noticeKinds } from './kinds'

export * from './follow-operations'
export type { NoticeKind } from './kinds'

const tag = 'notifications'
const instant = z.string().describe('RFC 3339, UTC.')
const byId = z.object({ id: z.string().max(100) })

const notificationStates = ['open', 'snoozed', 'done'] as const

export const notificationSchema = z.object({
  id: z.string(),
  kind: z.enum(noticeKinds),
  asset: z.object({ kind: z.enum(noticeAssetKinds), name: z.string() }),
  title: z.string(),
  body: z.string(),
  href: z.string().describe('A path in the portal.'),
  actor: z.string().describe('Who acted.'),
  assigned_by: z.string().nullable().describe('Who handed it on.'),
  state: z.enum(notificationStates),
  needs_acknowledgement: z.boolean(),
  acknowledged_at: instant.nullable(),
  read_at: instant.nullable(),
  snoozed_until: instant.nullable(),
  done_at: instant.nullable(),
  created_at: instant,
})
export type NotificationResource = z.output<typeof notificationSchema>

const kindFilter = z
  .union([z.enum(noticeKinds), z.array(z.enum(noticeKinds))])
  .transform((kinds) => (Array.isArray(kinds) ? kinds : [kinds]))

export const listNotificationsQuery = z.object({
  state: z.enum(notificationStates).default('open'),
  kind: kindFilter.optional(),
  unread: z.enum(['true']).optional().describe('Only what was not read yet.'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(100).optional(),
})
export type ListNotificationsQuery = z.output<typeof listNotificationsQuery>

export const notificationCountsSchema = z.object({
  open: z.int(),
  unread: z.int().describe('Of the open ones.'),
  kinds: z.record(z.string(), z.int()).describe('The open ones by kind.'),
})
export type NotificationCounts = z.output<typeof notificationCountsSchema>

const notificationPageSchema = z.object({
  data: z.array(notificationSchema),
  meta: z.object({
    next_cursor: z.string().nullable(),
    total: z.int(),
    unread: z.int(),
    kinds: z
      .record(z.string(), z.int())
      .describe('How many there are of each kind, whichever were asked for.'),
  }),
})
export type NotificationPage = z.output<typeof notificationPageSchema>

export const listNotificationsOperation = operation({
  operationId: 'listNotifications',
  method: 'GET',
  path: '/api/v1/notifications',
  summary: 'What the caller was told, newest first',
  description: 'Only of assets that the caller may still know of: what is hidden is in no count either.',
  tag,
  query: listNotificationsQuery,
  responses: {
    200: {
      description: 'A page of notifications.',
      schema: notificationPageSchema,
    },
  },
  auth: 'required',
  action: 'catalog:describe',
})

export const countNotificationsOperation = operation({
  operationId: 'countNotifications',
  method: 'GET',
  path: '/api/v1/notifications/count',
  summary: 'How much is open in the caller’s inbox',
  tag,
  responses: { 200: { description: 'Counts of what is open.', schema: notificationCountsSchema } },
  auth: 'required',
  action: 'catalog:describe',
})

const one = { 200: { description: 'The notification as it is now.', schema: notificationSchema } }

const act = (name: string, operationId: string, summary: string, description?: string) =>
  operation({
    operationId,
    method: 'POST',
    path: `/api/v1/notifications/{id}/${name}`,
    summary,
    ...(description === undefined ? {} : { description }),
    tag,
    params: byId,
    responses: one,
    auth: 'required',
    action: 'catalog:describe',
  })

export const readNotificationOperation = act('read', 'readNotification', 'Mark a notification as read')
export const completeNotificationOperation = act(
  'done',
  'completeNotification',
  'Put a notification away',
  '409 for one that has to be acknowledged and is not yet.',
)
export const reopenNotificationOperation = act(
  'reopen',
  'reopenNotification',
  'Take a notification back: what was done or snoozed is open again',
)
export const acknowledgeNotificationOperation = act(
  'acknowledge',
  'acknowledgeNotification',
  'Say that a notification was understood',
  'Audited with the name of who acknowledged; it cannot be taken back. The notification is put away.',
)

export const snoozeInput = z.strictObject({ until: instantSchema })

export const snoozeNotificationOperation = operation({
  operationId: 'snoozeNotification',
  method: 'POST',
  path: '/api/v1/notifications/{id}/snooze',
  summary: 'Put a notification away until an instant',
  tag,
  params: byId,
  body: { schema: snoozeInput, example: { until: '2030-05-04T07:00:00Z' } },
  responses: one,
  auth: 'required',
  action: 'catalog:describe',
})

const ids = z.array(z.string().max(100)).min(1).max(1000)

export const completeAllInput = z.strictObject({
  kinds: z.array(z.enum(noticeKinds)).min(1).optional().describe('Absent: of every kind.'),
})

const changedSchema = z.object({
  ids: z.array(z.string()).describe('What was changed: sent to `reopen`, it is as it was.'),
})

export const completeAllNotificationsOperation = operation({
  operationId: 'completeAllNotifications',
  method: 'POST',
  path: '/api/v1/notifications/done',
  summary: 'Put away everything that is open, at most a thousand at a time',
  description: 'What has to be acknowledged stays.',
  tag,
  body: { schema: completeAllInput, example: { kinds: ['change'] } },
  responses: { 200: { description: 'What was put away.', schema: changedSchema } },
  auth: 'required',
  action: 'catalog:describe',
})

export const reopenInput = z.strictObject({ ids })

export const reopenNotificationsOperation = operation({
  operationId: 'reopenNotifications',
  method: 'POST',
  path: '/api/v1/notifications/reopen',
  summary: 'Take several notifications back',
  tag,
  body: { schema: reopenInput, example: { ids: ['018f2b7c9a10aa3bd1c4e2f6a7b8c9d0'] } },
  responses: { 200: { description: 'What is open again.', schema: changedSchema } },
  auth: 'required',
  action: 'catalog:describe',
})

export const preferenceSchema = z.object({
  kind: z.enum(noticeKinds),
  on: z.boolean(),
  may_turn_off: z.boolean(),
})
export type PreferenceResource = z.output<typeof preferenceSchema>

const preferencesSchema = z.object({ data: z.array(preferenceSchema) })

export const listPreferencesOperation = operation({
  operationId: 'listNotificationPreferences',
  method: 'GET',
  path: '/api/v1/notification-preferences',
  summary: 'Which kinds of notification reach the caller',
  tag,
  responses: { 200: { description: 'Every kind.', schema: preferencesSchema } },
  auth: 'required',
  action: 'catalog:describe',
})

export const preferenceInput = z.strictObject({ on: z.boolean() })

export const setPreferenceOperation = operation({
  operationId: 'setNotificationPreference',
  method: 'PUT',
  path: '/api/v1/notification-preferences/{kind}',
  summary: 'Turn a kind of notification on or off',
  description: 'What has to be acknowledged comes whatever is set here. 422 for a kind that stays on.',
  tag,
  params: z.object({ kind: z.enum(noticeKinds) }),
  body: { schema: preferenceInput, example: { on: false } },
  responses: { 200: { description: 'Every kind.', schema: preferencesSchema } },
  auth: 'required',
  action: 'catalog:describe',
})

/** Text that somebody typed. */
export const typedText = (most: number) =>
  z.string().trim().min(1, 'must not be empty').max(most).refine(isStorableText, unstorableReason)

export const notifyOperations: Operation[] = [
  listNotificationsOperation,
  countNotificationsOperation,
  readNotificationOperation,
  completeNotificationOperation,
  reopenNotificationOperation,
  acknowledgeNotificationOperation,
  snoozeNotificationOperation,
  completeAllNotificationsOperation,
  reopenNotificationsOperation,
  listPreferencesOperation,
  setPreferenceOperation,
  ...followOperations,
]
