import { z } from 'zod'
import { instantSchema } from '@/lib/core/instant'
import { type Operation, operation } from '@/lib/core/operation'
import { followedKinds, typedText } from '@/lib/notify/operations'

const tag = 'announcements'
const instant = z.string().describe('RFC 3339, UTC.')
const byId = z.object({ id: z.string().max(100) })

const announcementTones = ['note', 'warn', 'fail'] as const
const assetSchema = z.object({ kind: z.enum(followedKinds), name: z.string().max(200) })
export type AnnouncedAsset = z.output<typeof assetSchema>

export const announcementSchema = z.object({
  id: z.string(),
  asset: assetSchema.nullable().describe('Null: the whole portal.'),
  title: z.string(),
  body: z.string(),
  tone: z.enum(announcementTones),
  from: instant,
  until: instant.nullable().describe('Null: until it is withdrawn.'),
  created_by: z.string(),
  created_at: instant,
  dismissed: z.boolean().describe('The caller has put it away.'),
  may_withdraw: z.boolean(),
})
export type AnnouncementResource = z.output<typeof announcementSchema>

export const listAnnouncementsQuery = z.object({
  kind: z.enum(followedKinds).optional().describe('With `name`: of this asset; absent: of the portal.'),
  name: z.string().max(200).optional(),
  upcoming: z.enum(['true']).optional().describe('Also what is still to come.'),
})
export type ListAnnouncementsQuery = z.output<typeof listAnnouncementsQuery>

export const announceInput = z
  .strictObject({
    asset: z
      .strictObject({ kind: z.enum(followedKinds), name: z.string().max(200) })
      .optional()
      .describe('Absent: the whole portal.'),
    title: typedText(120),
    body: typedText(2000),
    tone: z.enum(announcementTones).default('note'),
    from: instantSchema.optional().describe('Now when absent.'),
    until: instantSchema.optional(),
  })
  .refine(
    ({ from, until }) => from === undefined || until === undefined || Date.parse(from) < Date.parse(until),
    'ends before it begins',
  )

export const listAnnouncementsOperation = operation({
  operationId: 'listAnnouncements',
  method: 'GET',
  path: '/api/v1/announcements',
  summary: 'What is announced on an asset or to the whole portal now',
  tag,
  query: listAnnouncementsQuery,
  responses: {
    200: { description: 'Newest first.', schema: z.object({ data: z.array(announcementSchema) }) },
  },
  auth: 'required',
  action: 'catalog:describe',
})

export const announceOperation = operation({
  operationId: 'announce',
  method: 'POST',
  path: '/api/v1/announcements',
  summary: 'Announce something on an asset or to the whole portal',
  description:
    'On an asset by who may change it: its followers are told. To the portal by who manages settings: everybody is told.',
  tag,
  body: {
    schema: announceInput,
    example: {
      asset: { kind: 'group', name: 'route_delays' },
      title: 'Late on Monday',
      body: 'The feed moves to another host; rows of Sunday arrive on Monday evening.',
      tone: 'warn',
      until: '2030-05-07T00:00:00Z',
    },
  },
  responses: { 201: { description: 'The announcement.', schema: announcementSchema } },
  auth: 'required',
  action: 'catalog:describe',
})

const act = (name: string, operationId: string, summary: string, description: string) =>
  operation({
    operationId,
    method: 'POST',
    path: `/api/v1/announcements/{id}/${name}`,
    summary,
    tag,
    params: byId,
    responses: { 204: { description } },
    auth: 'required',
    action: 'catalog:describe',
  })

export const dismissAnnouncementOperation = act(
  'dismiss',
  'dismissAnnouncement',
  'Put an announcement away for oneself',
  'The caller sees it no more.',
)
export const withdrawAnnouncementOperation = act(
  'withdraw',
  'withdrawAnnouncement',
  'End an announcement for everybody',
  'Nobody sees it any more.',
)

export const announcementOperations: Operation[] = [
  listAnnouncementsOperation,
  announceOperation,
  dismissAnnouncementOperation,
  withdrawAnnouncementOperation,
]
