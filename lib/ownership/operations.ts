import { z } from 'zod'
import { nameSchema } from '@/lib/core/names'
import { type Operation, operation } from '@/lib/core/operation'
import { typedText } from '@/lib/notify/operations'

const tag = 'ownership'
const instant = z.string().describe('RFC 3339, UTC.')
const byId = z.object({ id: z.string().max(100) })

export const ownedKinds = ['group', 'service', 'dataset', 'entity', 'source', 'domain'] as const

const assetSchema = z.strictObject({ kind: z.enum(ownedKinds), name: nameSchema })
export type OwnedAsset = z.output<typeof assetSchema>

const mostAssets = 1000

export const proposeTransferInput = z
  .strictObject({
    from_team: nameSchema.optional().describe('Whose assets all are handed over; with `everything`.'),
    everything: z.literal(true).optional().describe('All that `from_team` owns.'),
    assets: z.array(assetSchema).min(1).max(mostAssets).optional().describe('Of one team.'),
    to_team: nameSchema,
    reason: typedText(2000),
    force: z
      .boolean()
      .default(false)
      .describe('For administrators: at once, without asking the receiving team.'),
  })
  .refine(
    ({ assets, everything, from_team }) =>
      (assets === undefined) === (everything === true && from_team !== undefined),
    'names either `assets`, or `from_team` and `everything`',
  )

const transferStates = ['proposed', 'accepted', 'declined', 'withdrawn'] as const

const actSchema = z.object({ allowed: z.boolean(), rule: z.string() })

export const transferSchema = z.object({
  id: z.string(),
  from_team: z.string(),
  to_team: z.string(),
  assets: z.array(assetSchema).describe('Those that the caller may know of.'),
  reason: z.string(),
  state: z.enum(transferStates),
  forced: z.boolean(),
  proposed_by: z.string(),
  created_at: instant,
  decided_by: z.string().nullable(),
  decided_at: instant.nullable(),
  decision_reason: z.string().nullable(),
  acts: z
    .object({ decide: actSchema, withdraw: actSchema })
    .nullable()
    .describe('What the caller may do with it; null once it is decided.'),
})
export type TransferResource = z.output<typeof transferSchema>

export const listTransfersQuery = z.object({
  state: z.enum(transferStates).optional(),
  team: z.string().max(100).optional().describe('From it or to it.'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(100).optional(),
})
export type ListTransfersQuery = z.output<typeof listTransfersQuery>

const transfersSchema = z.object({
  data: z.array(transferSchema),
  meta: z.object({ next_cursor: z.string().nullable(), total: z.int() }),
})

export const listTransfersOperation = operation({
  operationId: 'listOwnershipTransfers',
  method: 'GET',
  path: '/api/v1/ownership-transfers',
  summary: 'Transfers of ownership from and to the caller’s teams, newest first',
  description: 'Those who manage people see all of them.',
  tag,
  query: listTransfersQuery,
  responses: { 200: { description: 'A page of transfers.', schema: transfersSchema } },
  auth: 'required',
  action: 'catalog:describe',
})

export const proposeTransferOperation = operation({
  operationId: 'proposeOwnershipTransfer',
  method: 'POST',
  path: '/api/v1/ownership-transfers',
  summary: 'Hand assets of one team to another',
  description:
    'By who may change every one of them. A maintainer of the receiving team accepts or declines; nothing moves before. An administrator may force it.',
  tag,
  body: {
    schema: proposeTransferInput,
    example: {
      assets: [{ kind: 'group', name: 'route_delays' }],
      to_team: 'growth',
      reason: 'Growth runs the pipeline since May.',
    },
  },
  responses: { 201: { description: 'The transfer, proposed or done.', schema: transferSchema } },
  auth: 'required',
  action: 'catalog:describe',
})

export const decideTransferInput = z.strictObject({ reason: typedText(2000).optional() })
const declineTransferInput = z.strictObject({ reason: typedText(2000) })

export { declineTransferInput }

const act = (name: string, operationId: string, summary: string, schema: z.ZodType, description?: string) =>
  operation({
    operationId,
    method: 'POST',
    path: `/api/v1/ownership-transfers/{id}/${name}`,
    summary,
    ...(description === undefined ? {} : { description }),
    tag,
    params: byId,
    body: { schema, example: { reason: 'Agreed in the handover of 3 May.' } },
    responses: { 200: { description: 'The transfer as it is now.', schema: transferSchema } },
    auth: 'required',
    action: 'catalog:describe',
  })

export const acceptTransferOperation = act(
  'accept',
  'acceptOwnershipTransfer',
  'Take what another team hands over',
  decideTransferInput,
  'By a maintainer of the receiving team. All of it moves at once; 409 when any of it changed hands since.',
)
export const declineTransferOperation = act(
  'decline',
  'declineOwnershipTransfer',
  'Decline what another team hands over, with the reason',
  declineTransferInput,
)
export const withdrawTransferOperation = act(
  'withdraw',
  'withdrawOwnershipTransfer',
  'Withdraw an open proposal',
  decideTransferInput,
)

export const desertedSchema = z.object({
  team: z.string(),
  owns: z.array(assetSchema).describe('Those that the caller may know of.'),
})
export type DesertedTeam = z.output<typeof desertedSchema>

export const listDesertedOperation = operation({
  operationId: 'listDesertedTeams',
  method: 'GET',
  path: '/api/v1/deserted-teams',
  summary: 'Teams that own something and have nobody left',
  description: 'A person who is disabled is nobody. What such a team owns has to be handed to another one.',
  tag,
  responses: { 200: { description: 'By name.', schema: z.object({ data: z.array(desertedSchema) }) } },
  auth: 'required',
  action: 'people:manage',
})

export const ownershipOperations: Operation[] = [
  listTransfersOperation,
  proposeTransferOperation,
  acceptTransferOperation,
  declineTransferOperation,
  withdrawTransferOperation,
  listDesertedOperation,
]
