import { z } from 'zod'
import { type Operation, operation } from '@/lib/core/operation'

const partSchema = z.object({ name: z.string(), ok: z.boolean(), detail: z.string() })

export const healthSchema = z.object({ status: z.enum(['ok', 'degraded']), parts: z.array(partSchema) })
export type Health = z.infer<typeof healthSchema>

export const healthOperation = operation({
  operationId: 'getHealth',
  method: 'GET',
  path: '/api/v1/health',
  summary: 'Whether the portal can serve, part by part',
  tag: 'health',
  auth: 'public',
  rateLimit: 'none',
  responses: {
    200: { description: 'It can serve.', schema: healthSchema },
    503: { description: 'A part that is needed cannot; the answer says which.', schema: healthSchema },
  },
})

export const liveOperation = operation({
  operationId: 'getLiveness',
  method: 'GET',
  path: '/api/v1/health/live',
  summary: 'Whether the process answers at all',
  tag: 'health',
  auth: 'public',
  rateLimit: 'none',
  responses: { 200: { description: 'It does.', schema: z.object({ status: z.literal('ok') }) } },
})

export const healthOperations: Operation[] = [healthOperation, liveOperation]
