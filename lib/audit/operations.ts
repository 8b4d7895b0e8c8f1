import { z } from 'zod'
import { instantSchema } from '@/lib/core/instant'
import { operation } from '@/lib/core/operation'
import { isStorableText, unstorableReason } from '@/lib/core/text'

const instant = instantSchema.refine((text) => !(Date.parse(text) < 0), 'lies before 1970')

const text = (length: number) => z.string().max(length).refine(isStorableText, unstorableReason)

export const auditQuery = z.object({
  actor: text(200)
    .optional()
    .describe('Id of who acted, or a part of the name; a key also under its owner’s name.'),
  action: text(64).optional().describe('An action, e.g. `group:update`.'),
  resource: text(200).optional().describe('Name, or `kind:name`, e.g. `group:route_delays`.'),
  verdict: z.enum(['allow', 'deny']).optional(),
  from: instant.optional().describe('Rows at or after this instant.'),
  to: instant.optional().describe('Rows before this instant.'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional(),
  environment: z.string().max(63).optional(),
})

export const auditRowSchema = z.object({
  id: z.string(),
  seq: z.number().int().nullable().describe('Place in the chain; null until it is sealed.'),
  time: z.string(),
  actor: z.object({ kind: z.string(), id: z.string(), name: z.string() }),
  on_behalf_of: z.string().nullable(),
  via: z.string(),
  action: z.string(),
  resource: z.object({ kind: z.string(), name: z.string() }),
  environment: z.string().nullable(),
  verdict: z.enum(['allow', 'deny']),
  policies: z.array(z.string()),
  policy_version: z.string(),
  reason: z.string().nullable(),
  before: z.unknown(),
  after: z.unknown(),
  request_id: z.string(),
  hash: z.string(),
  prev_hash: z.string().nullable(),
  chain_hash: z.string().nullable(),
})
export type AuditRow = z.infer<typeof auditRowSchema>

/** A change of an asset, as everybody sees it who may know of the asset. */
export const activityRowSchema = auditRowSchema
  .pick({
    id: true,
    time: true,
    on_behalf_of: true,
    via: true,
    action: true,
    resource: true,
    environment: true,
    reason: true,
  })
  .extend({ actor: z.object({ kind: z.string(), name: z.string() }) })
export type ActivityRow = z.infer<typeof activityRowSchema>

export const listAuditOperation = operation({
  operationId: 'listAudit',
  method: 'GET',
  path: '/api/v1/audit',
  tag: 'audit',
  summary: 'Read the audit log, newest first',
  query: auditQuery,
  responses: {
    200: {
      description: 'Who did or was refused what, when and under which policies.',
      schema: z.object({
        data: z.array(auditRowSchema),
        meta: z.object({ next_cursor: z.string().nullable(), total: z.number().int() }),
      }),
    },
  },
  auth: 'required',
  action: 'audit:read',
})

export const verifyAuditOperation = operation({
  operationId: 'verifyAudit',
  method: 'GET',
  path: '/api/v1/audit/verify',
  tag: 'audit',
  summary: 'Verify the chain of the audit log',
  responses: {
    200: {
      description: 'Every hash and link, computed anew.',
      schema: z.object({
        ok: z.boolean(),
        sealed: z.number().int(),
        unsealed: z.number().int(),
        first_broken: z
          .object({ seq: z.number().int().nullable(), audit_id: z.string(), reason: z.string() })
          .nullable(),
      }),
      example: { ok: true, sealed: 1204, unsealed: 0, first_broken: null },
    },
  },
  auth: 'required',
  action: 'audit:read',
})

export const auditOperations = [listAuditOperation, verifyAuditOperation]
