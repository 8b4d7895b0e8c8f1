import { z } from 'zod'
import { changesNothing, type Operation, operation } from '@/lib/core/operation'
import { pathName } from './fields'
import { addVersionInput } from './inputs'
import { changeResource } from './resources'

export const versionPreviewResource = z.object({
  group: z.string(),
  base: z.int().describe('The version that it is compared with.'),
  changes: z.array(changeResource),
  change: z.enum(['none', 'compatible', 'breaking']),
  becomes: z.enum(['nothing', 'revision', 'draft', 'version']),
  version: z.int().describe('The version that the change would stand in.'),
  review: z.boolean().describe('Whether a second person decides before it serves.'),
})
export type VersionPreviewResource = z.output<typeof versionPreviewResource>

export const previewVersionOperation = operation({
  operationId: 'previewFeatureGroupVersion',
  method: 'POST',
  path: '/api/v1/feature-groups/{name}/versions/preview',
  summary: 'What a change of the schema would become; nothing is kept',
  tag: 'feature groups',
  params: z.object({ name: pathName }),
  body: {
    schema: addVersionInput,
    example: { features: [{ name: 'pages_viewed', type: 'int64', description: 'On the day.' }] },
  },
  responses: { 200: { description: 'The changes with their class.', schema: versionPreviewResource } },
  auth: 'required',
  action: 'group:update',
  idempotency: changesNothing,
})

export const previewOperations: Operation[] = [previewVersionOperation]
