import { z } from 'zod'
import { type Operation, operation } from '@/lib/core/operation'
import { environmentQuery, listOf, listQuery, pathName, textSchema, versionNumber } from './fields'
import { serviceImpactResource } from './impact-resources'
import {
  addServiceVersionInput,
  reasonedActInput,
  registerFeatureServiceInput,
  updateFeatureServiceInput,
} from './inputs'
import { serviceResource, serviceVersionResource } from './resources'

const tag = 'feature services'
const base = '/api/v1/feature-services'
const params = z.object({ name: pathName })
const exampleFeatures = ['customer_engagement:num_logins', 'customer_engagement@1:avg_session_duration']

export const registerFeatureServiceOperation = operation({
  operationId: 'registerFeatureService',
  method: 'POST',
  path: base,
  summary: 'Save a selection of features as a service',
  description:
    'Pins the versions that the environment serves now. Labels and deprecated versions are refused.',
  tag,
  body: {
    schema: registerFeatureServiceInput,
    example: {
      name: 'churn_v1',
      features: exampleFeatures,
      owner_team: 'growth',
      purpose: 'churn prediction',
    },
  },
  responses: { 201: { description: 'The service.', schema: serviceResource } },
  auth: 'required',
  action: 'service:create',
})

export const listFeatureServicesQuery = listQuery.extend({
  team: textSchema(100).optional(),
  tag: textSchema(100).optional(),
  group: textSchema(100).optional().describe('Only services that select from this feature group.'),
  state: z.enum(['active', 'archived']).default('active'),
})

export const listFeatureServicesOperation = operation({
  operationId: 'listFeatureServices',
  method: 'GET',
  path: base,
  summary: 'List feature services',
  tag,
  query: listFeatureServicesQuery,
  responses: { 200: { description: 'A page of services.', schema: listOf(serviceResource) } },
  auth: 'required',
  action: 'catalog:describe',
})

export const getFeatureServiceOperation = operation({
  operationId: 'getFeatureService',
  method: 'GET',
  path: `${base}/{name}`,
  summary: 'Read a feature service',
  tag,
  params,
  query: environmentQuery,
  responses: { 200: { description: 'The service with its newest version.', schema: serviceResource } },
  auth: 'required',
  action: 'catalog:describe',
})

export const updateFeatureServiceOperation = operation({
  operationId: 'updateFeatureService',
  method: 'PATCH',
  path: `${base}/{name}`,
  summary: 'Change what is said about a feature service',
  description: 'Needs If-Match with the ETag that was read, or `*`.',
  tag,
  params,
  body: { schema: updateFeatureServiceInput, example: { purpose: 'churn prediction, weekly' } },
  responses: { 200: { description: 'The changed service.', schema: serviceResource } },
  auth: 'required',
  action: 'service:update',
})

export const serviceImpactOperation = operation({
  operationId: 'getFeatureServiceImpact',
  method: 'GET',
  path: `${base}/{name}/impact`,
  summary: 'What was built from a feature service',
  tag,
  params,
  query: environmentQuery,
  responses: { 200: { description: 'Training datasets and their owners.', schema: serviceImpactResource } },
  auth: 'required',
  action: 'catalog:describe',
})

export const deleteFeatureServiceOperation = operation({
  operationId: 'deleteFeatureService',
  method: 'DELETE',
  path: `${base}/{name}`,
  summary: 'Delete a feature service that nobody uses',
  description:
    'Needs If-Match. One that was read in the last 30 days, or that a training dataset was built from, is refused with its users: it is archived.',
  tag,
  params,
  responses: { 204: { description: 'Removed.' } },
  auth: 'required',
  action: 'service:update',
})

const act = (name: string, summary: string, reason: string) =>
  operation({
    operationId: `${name}FeatureService`,
    method: 'POST',
    path: `${base}/{name}/${name}`,
    summary,
    tag,
    params,
    query: environmentQuery,
    body: { schema: reasonedActInput, example: { reason } },
    responses: { 200: { description: 'The service afterwards.', schema: serviceResource } },
    auth: 'required',
    action: 'service:update',
  })

export const archiveFeatureServiceOperation = act(
  'archive',
  'Archive a feature service: reads answer 410; restorable',
  'The model was retired.',
)
export const restoreFeatureServiceOperation = act(
  'restore',
  'Take the archiving of a feature service back',
  'The model is needed again.',
)

export const listServiceVersionsOperation = operation({
  operationId: 'listFeatureServiceVersions',
  method: 'GET',
  path: `${base}/{name}/versions`,
  summary: 'List the versions of a feature service',
  tag,
  params,
  query: environmentQuery,
  responses: { 200: { description: 'All versions, newest first.', schema: listOf(serviceVersionResource) } },
  auth: 'required',
  action: 'catalog:describe',
})

export const getServiceVersionOperation = operation({
  operationId: 'getFeatureServiceVersion',
  method: 'GET',
  path: `${base}/{name}/versions/{version}`,
  summary: 'Read one version of a feature service',
  tag,
  params: z.object({ name: pathName, version: versionNumber }),
  query: environmentQuery,
  responses: { 200: { description: 'The version.', schema: serviceVersionResource } },
  auth: 'required',
  action: 'catalog:describe',
})

export const addServiceVersionOperation = operation({
  operationId: 'addFeatureServiceVersion',
  method: 'POST',
  path: `${base}/{name}/versions`,
  summary: 'Save another selection as the next version of a service',
  tag,
  params,
  body: { schema: addServiceVersionInput, example: { features: exampleFeatures.slice(0, 1) } },
  responses: { 201: { description: 'The new version.', schema: serviceVersionResource } },
  auth: 'required',
  action: 'service:update',
})

export const serviceOperations: Operation[] = [
  registerFeatureServiceOperation,
  listFeatureServicesOperation,
  getFeatureServiceOperation,
  updateFeatureServiceOperation,
  deleteFeatureServiceOperation,
  archiveFeatureServiceOperation,
  restoreFeatureServiceOperation,
  serviceImpactOperation,
  listServiceVersionsOperation,
  getServiceVersionOperation,
  addServiceVersionOperation,
]
