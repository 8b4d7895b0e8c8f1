import { z } from 'zod'
import { type Operation, operation } from '@/lib/core/operation'
import { environmentQuery, pathName, versionNumber } from '../fields'
import { reasonedActInput } from '../inputs'
import {
  changeDeprecationInput,
  deprecationStateResource,
  extendGraceInput,
  remindedResource,
} from './resources'

const tag = 'feature groups'
const path = '/api/v1/feature-groups/{name}/versions/{version}/deprecation'
const params = z.object({ name: pathName, version: versionNumber })
const state = { 200: { description: 'The deprecation as it stands.', schema: deprecationStateResource } }
const common = {
  tag,
  params,
  query: environmentQuery,
  auth: 'required',
  action: 'version:deprecate',
} as const

export const getDeprecationOperation = operation({
  ...common,
  operationId: 'getDeprecation',
  method: 'GET',
  path,
  summary: 'Who was told of a deprecation, who acknowledged it, who reads on',
  description: 'For those who may deprecate or approve the version, as the other acts on a deprecation.',
  responses: state,
})

export const changeDeprecationOperation = operation({
  ...common,
  action: 'version:deprecate',
  operationId: 'changeDeprecation',
  method: 'PATCH',
  path,
  summary: 'Change the sunset date, the replacement or the reason of a deprecation',
  description: 'Needs If-Match with the ETag of the group, or `*`. Everybody downstream is told anew.',
  body: { schema: changeDeprecationInput, example: { sunset_at: '2027-03-31T00:00:00Z' } },
  responses: state,
})

export const extendGraceOperation = operation({
  ...common,
  operationId: 'extendGrace',
  method: 'POST',
  path: `${path}/graces`,
  summary: 'Let one consumer, or all, read past the sunset until a date',
  body: {
    schema: extendGraceInput,
    example: {
      consumer: { kind: 'key', id: '01JD0000000000000000000000' },
      until: '2027-04-30T00:00:00Z',
      reason: 'Their retraining ends in April.',
    },
  },
  responses: { 201: { description: 'The deprecation as it stands.', schema: deprecationStateResource } },
})

export const withdrawGraceOperation = operation({
  ...common,
  operationId: 'withdrawGrace',
  method: 'POST',
  path: `${path}/graces/{grace}/withdraw`,
  params: params.extend({ grace: z.string().max(100) }),
  summary: 'Take a grace back: reads past the sunset are refused at once',
  body: { schema: reasonedActInput, example: { reason: 'They have moved.' } },
  responses: state,
})

export const remindReadersOperation = operation({
  ...common,
  operationId: 'remindReaders',
  method: 'POST',
  path: `${path}/remind`,
  summary: 'Remind those who have not acknowledged a deprecation, and those who read on',
  description: 'One reminder a person and day.',
  responses: { 200: { description: 'How many were reminded.', schema: remindedResource } },
})

export const endingOperations: Operation[] = [
  getDeprecationOperation,
  changeDeprecationOperation,
  extendGraceOperation,
  withdrawGraceOperation,
  remindReadersOperation,
]
