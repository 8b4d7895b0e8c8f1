import { z } from 'zod'
import { type Operation, operation } from '@/lib/core/operation'
import { environmentQuery, nameSchema, pathName, textSchema, versionNumber } from '../fields'
import { versionResource } from '../resources'
import { promotionResource, promotionsResource } from './resources'

const tag = 'feature groups'
const base = '/api/v1/feature-groups/{name}'

export const rollbackInput = z.strictObject({
  reason: textSchema(2000, 1),
  environment: nameSchema.optional(),
})

export const listPromotionsOperation = operation({
  operationId: 'listFeatureGroupPromotions',
  method: 'GET',
  path: `${base}/promotions`,
  summary: 'What each environment serves of a feature group, and how that came',
  tag,
  params: z.object({ name: pathName }),
  query: environmentQuery,
  responses: {
    200: { description: 'Every environment, and the promotions and rollbacks.', schema: promotionsResource },
  },
  auth: 'required',
  action: 'catalog:describe',
})

export const getPromotionOperation = operation({
  operationId: 'getFeatureGroupVersionPromotion',
  method: 'GET',
  path: `${base}/versions/{version}/promotion`,
  summary: 'What is looked at before an environment serves a version',
  tag,
  params: z.object({ name: pathName, version: versionNumber }),
  query: environmentQuery,
  responses: {
    200: { description: 'The checks, the caller’s right, and who is hit.', schema: promotionResource },
  },
  auth: 'required',
  action: 'catalog:describe',
})

export const rollbackOperation = operation({
  operationId: 'rollbackFeatureGroup',
  method: 'POST',
  path: `${base}/rollback`,
  summary: 'Let an environment serve again what it served before',
  description:
    'In one act: the version promoted there before takes over, its rows go online at once, and what it takes the place of keeps its data. A second rollback goes a step further back.',
  tag,
  params: z.object({ name: pathName }),
  query: environmentQuery,
  body: {
    schema: rollbackInput,
    example: { reason: 'Delays doubled after the switch.', environment: 'prod' },
  },
  responses: { 200: { description: 'The version that is served again.', schema: versionResource } },
  auth: 'required',
  action: 'version:promote',
})

export const promotionOperations: Operation[] = [
  listPromotionsOperation,
  getPromotionOperation,
  rollbackOperation,
]
