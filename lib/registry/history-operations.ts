import { z } from 'zod'
import { type Operation, operation } from '@/lib/core/operation'
import { environmentQuery, listOf, nameSchema, pathName, textSchema, versionNumber } from './fields'
import { blameResource, listedVersionResource, readVersionResource } from './history-resources'
import { addedVersionResource, diffResource } from './resources'

const tag = 'feature groups'
const base = '/api/v1/feature-groups/{name}/versions'
const address = z
  .string()
  .max(30)
  .describe('A version (`2`: as it is now) or one of its revisions (`2.1`: as it was).')
const addressParams = z.object({ name: pathName, version: address })

export const listVersionsOperation = operation({
  operationId: 'listFeatureGroupVersions',
  method: 'GET',
  path: base,
  summary: 'List the versions of a feature group with their revisions',
  tag,
  params: z.object({ name: pathName }),
  query: environmentQuery,
  responses: { 200: { description: 'All versions, newest first.', schema: listOf(listedVersionResource) } },
  auth: 'required',
  action: 'catalog:describe',
})

export const getVersionOperation = operation({
  operationId: 'getFeatureGroupVersion',
  method: 'GET',
  path: `${base}/{version}`,
  summary: 'Read one version of a feature group, as it is or as one of its revisions was',
  tag,
  params: z.object({ name: pathName, version: versionNumber }),
  query: environmentQuery.extend({
    revision: versionNumber.optional().describe('Absent: the version as it is now.'),
  }),
  responses: { 200: { description: 'The version.', schema: readVersionResource } },
  auth: 'required',
  action: 'catalog:describe',
})

export const diffVersionsOperation = operation({
  operationId: 'diffFeatureGroupVersions',
  method: 'GET',
  path: `${base}/{version}/diff/{other}`,
  summary: 'What differs from one version or revision to another, and whom it touches',
  tag,
  params: addressParams.extend({ other: address }),
  query: environmentQuery,
  responses: { 200: { description: 'The changes with their class.', schema: diffResource } },
  auth: 'required',
  action: 'catalog:describe',
})

export const blameVersionOperation = operation({
  operationId: 'blameFeatureGroupVersion',
  method: 'GET',
  path: `${base}/{version}/blame`,
  summary: 'Who gave each field of a version its value, in which revision, and why',
  tag,
  params: addressParams,
  query: environmentQuery,
  responses: { 200: { description: 'A line for each field that says something.', schema: blameResource } },
  auth: 'required',
  action: 'catalog:describe',
})

export const restoreAsNewInput = z.strictObject({
  reason: textSchema(2000, 1),
  environments: z.array(nameSchema).min(1).max(20).optional(),
})

export const restoreAsNewOperation = operation({
  operationId: 'restoreFeatureGroupVersionAsNew',
  method: 'POST',
  path: `${base}/{version}/restore-as-new`,
  summary: 'Bring the definition of an earlier version or revision back',
  description:
    'As if its definition were sent to `POST …/versions`: a compatible one becomes a revision, any other a new version with data of its own, each under the review that it needs. Descriptions and tags of the group come back with a revision that takes force at once; its class and owner stay as they are.',
  tag,
  params: addressParams,
  body: { schema: restoreAsNewInput, example: { reason: 'The new ratio misled two models.' } },
  responses: {
    200: { description: 'The same version, revised.', schema: addedVersionResource },
    201: { description: 'A new version.', schema: addedVersionResource },
  },
  auth: 'required',
  action: 'group:update',
})

export const historyOperations: Operation[] = [
  listVersionsOperation,
  getVersionOperation,
  diffVersionsOperation,
  blameVersionOperation,
  restoreAsNewOperation,
]
