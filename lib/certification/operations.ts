import { z } from 'zod'
import { instantSchema } from '@/lib/core/instant'
import { type Operation, operation } from '@/lib/core/operation'
import { typedText } from '@/lib/notify/operations'

const tag = 'certification'
const instant = z.string().describe('RFC 3339, UTC.')

const certifiableKinds = ['group', 'feature', 'service'] as const
const assetSchema = z.object({ kind: z.enum(certifiableKinds), name: z.string().max(200) })
export type CertifiableAsset = z.output<typeof assetSchema>

const criterionNames = ['owned', 'described', 'contracted', 'reviewed', 'no_open_breach'] as const

const criterionSchema = z.object({
  name: z.enum(criterionNames),
  met: z.boolean(),
  detail: z.string().describe('What was found, in words.'),
})
export type Criterion = z.output<typeof criterionSchema>

const certificateSchema = z.object({
  id: z.string(),
  version: z.int(),
  reason: z.string(),
  criteria: z.array(criterionSchema).describe('As they stood when it was certified.'),
  certified_by: z.string(),
  certified_at: instant,
  expires_at: instant,
  revoked_by: z.string().nullable(),
  revoked_at: instant.nullable(),
  revoke_reason: z.string().nullable(),
})
export type Certificate = z.output<typeof certificateSchema>

const actSchema = z.object({ allowed: z.boolean(), rule: z.string(), who_can_help: z.array(z.string()) })

const certificationStates = ['none', 'certified', 'lapsed', 'revoked', 'other_version'] as const

export const certificationSchema = z.object({
  asset: assetSchema,
  version: z.int().nullable().describe('The one that is served now; null while none is active.'),
  state: z.enum(certificationStates),
  latest: certificateSchema.nullable(),
  history: z.array(certificateSchema).describe('Newest first.'),
  criteria: z.array(criterionSchema).describe('As they stand now.'),
  certify: actSchema,
})
export type CertificationResource = z.output<typeof certificationSchema>

export const certifyInput = z.strictObject({
  reason: typedText(2000),
  expires_at: instantSchema.optional().describe('At most two years ahead; half a year when absent.'),
})
export const revokeInput = z.strictObject({ reason: typedText(2000) })

const path = '/api/v1/certifications/{kind}/{name}'
const answer = { description: 'The certification as it is now.', schema: certificationSchema }

export const getCertificationOperation = operation({
  operationId: 'getCertification',
  method: 'GET',
  path,
  summary: 'Whether an asset is certified, and what is asked of it',
  tag,
  params: assetSchema,
  responses: { 200: answer },
  auth: 'required',
  action: 'catalog:describe',
})

export const certifyOperation = operation({
  operationId: 'certifyAsset',
  method: 'POST',
  path,
  summary: 'Certify the served version of an asset',
  description:
    'By a reviewer who did not write it. 409 while a criterion is not met, naming it. The next major version is not certified with it.',
  tag,
  params: assetSchema,
  body: { schema: certifyInput, example: { reason: 'Used by three models, kept for a year.' } },
  responses: { 200: answer },
  auth: 'required',
  action: 'version:approve',
})

export const revokeCertificationOperation = operation({
  operationId: 'revokeCertification',
  method: 'POST',
  path: `${path}/revoke`,
  summary: 'Take a certification back, with the reason',
  tag,
  params: assetSchema,
  body: { schema: revokeInput, example: { reason: 'The feed is unreliable since May.' } },
  responses: { 200: answer },
  auth: 'required',
  action: 'version:approve',
})

export const certificationOperations: Operation[] = [
  getCertificationOperation,
  certifyOperation,
  revokeCertificationOperation,
]
