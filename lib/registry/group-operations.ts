import { z } from 'zod'
import { type Operation, operation } from '@/lib/core/operation'
import {
  classificationNames,
  classificationSchema,
  durationSchema,
  environmentQuery,
  listOf,
  listQuery,
  pathName,
  textSchema,
  versionNumber,
} from './fields'
import { changeKinds, impactResource } from './impact-resources'
import {
  actInput,
  addVersionInput,
  deprecateInput,
  promoteInput,
  reasonedActInput,
  registerFeatureGroupInput,
  updateFeatureGroupInput,
} from './inputs'
import {
  addedVersionResource,
  groupResource,
  groupSummaryResource,
  versionResource,
  versionStateSchema,
} from './resources'

const tag = 'feature groups'
const base = '/api/v1/feature-groups'
const groupParams = z.object({ name: pathName })
const versionParams = z.object({ name: pathName, version: versionNumber })
const removed = { 204: { description: 'Removed.' } }

const exampleGroup = {
  name: 'customer_engagement',
  description: 'How often and how long customers use the product.',
  entity: { name: 'customer', keys: [{ name: 'customer_id', type: 'int64' }] },
  primary_key: ['customer_id'],
  timestamp_key: 'interaction_date',
  owner_team: 'growth',
  tags: ['churn'],
  classification: 'internal',
  ttl: 'P30D',
  online: true,
  source: { kind: 'push' },
  environments: ['prod'],
  features: [
    { name: 'num_logins', type: 'int64', description: 'Logins on the day.', contract: { min: 0 } },
    { name: 'avg_session_duration', type: 'float64', description: 'Minutes.' },
  ],
}

export const registerFeatureGroupOperation = operation({
  operationId: 'registerFeatureGroup',
  method: 'POST',
  path: base,
  summary: 'Register a feature group with its first version',
  description:
    'Public and internal groups are active at once and promoted in the environments named; stricter ones start as a draft. `review` says which.',
  tag,
  body: { schema: registerFeatureGroupInput, example: exampleGroup },
  responses: { 201: { description: 'The group.', schema: groupResource } },
  auth: 'required',
  action: 'group:create',
})

export const listFeatureGroupsQuery = listQuery.extend({
  q: textSchema(200).optional(),
  entity: textSchema(100).optional(),
  team: textSchema(100).optional(),
  tag: textSchema(100).optional(),
  classification: z.enum(classificationNames).optional(),
  state: versionStateSchema.optional().describe('Absent: all but what is archived.'),
})

export const listFeatureGroupsOperation = operation({
  operationId: 'listFeatureGroups',
  method: 'GET',
  path: base,
  summary: 'List feature groups',
  tag,
  query: listFeatureGroupsQuery,
  responses: { 200: { description: 'A page of groups.', schema: listOf(groupSummaryResource) } },
  auth: 'required',
  action: 'catalog:describe',
})

export const getFeatureGroupOperation = operation({
  operationId: 'getFeatureGroup',
  method: 'GET',
  path: `${base}/{name}`,
  summary: 'Read a feature group',
  tag,
  params: groupParams,
  query: environmentQuery,
  responses: { 200: { description: 'The group, its ETag beside it.', schema: groupResource } },
  auth: 'required',
  action: 'catalog:describe',
})

export const updateFeatureGroupOperation = operation({
  operationId: 'updateFeatureGroup',
  method: 'PATCH',
  path: `${base}/{name}`,
  summary: 'Change what is said about a feature group',
  description: 'Needs If-Match with the ETag that was read, or `*`.',
  tag,
  params: groupParams,
  query: environmentQuery,
  body: {
    schema: updateFeatureGroupInput,
    example: { description: 'Engagement of paying customers, by day.' },
  },
  responses: { 200: { description: 'The changed group.', schema: groupResource } },
  auth: 'required',
  action: 'group:update',
})

export const deleteFeatureGroupOperation = operation({
  operationId: 'deleteFeatureGroup',
  method: 'DELETE',
  path: `${base}/{name}`,
  summary: 'Delete a feature group that is a draft without data',
  description: 'Needs If-Match. Anything that was active, holds rows or is used is refused with its users.',
  tag,
  params: groupParams,
  responses: removed,
  auth: 'required',
  action: 'group:delete',
})

export const addVersionOperation = operation({
  operationId: 'addFeatureGroupVersion',
  method: 'POST',
  path: `${base}/{name}/versions`,
  summary: 'Change the schema of a feature group',
  description:
    'Send the complete feature list. A compatible change becomes a revision of the same version; anything else a new version, which waits for a second person.',
  tag,
  params: groupParams,
  body: {
    schema: addVersionInput,
    example: { features: [...exampleGroup.features, { name: 'pages_viewed', type: 'int64' }] },
  },
  responses: {
    200: { description: 'The same version, revised.', schema: addedVersionResource },
    201: { description: 'A new version.', schema: addedVersionResource },
  },
  auth: 'required',
  action: 'group:update',
})

export const impactQuery = environmentQuery.extend({
  change: z.enum(changeKinds).default('deprecate'),
  version: versionNumber
    .optional()
    .describe('Absent: the one that the catalogue speaks of; of `restore_as_new` the one to bring back.'),
  feature: textSchema(100)
    .optional()
    .describe('Only what reads this one; of `remove_feature` the one that goes.'),
  ttl: durationSchema.optional().describe('Of `change_ttl`: the new one; absent: unlimited.'),
  classification: classificationSchema.optional().describe('Of `change_classification`: the new one.'),
  replacement: textSchema(80)
    .optional()
    .describe('`group` or `group@n`: what readers would have to change to read it instead.'),
  format: z.enum(['json', 'csv']).default('json').describe('`csv`: a line for each of those who are hit.'),
})

export const impactOperation = operation({
  operationId: 'getFeatureGroupImpact',
  method: 'GET',
  path: `${base}/{name}/impact`,
  summary: 'Who would be hit by a change',
  description:
    'From real reads up to this moment, whether or not a service names it; what the caller may not know by name is only counted.',
  tag,
  params: groupParams,
  query: impactQuery,
  responses: {
    200: {
      description: 'Services, groups, training datasets and consumers with recent reads.',
      schema: impactResource,
      contentTypes: ['application/json', 'text/csv'],
    },
  },
  auth: 'required',
  action: 'catalog:describe',
})

const act = (name: string, action: string, summary: string, schema: z.ZodType, example: unknown) =>
  operation({
    operationId: `${name.replace('-c', 'C')}FeatureGroupVersion`,
    method: 'POST',
    path: `${base}/{name}/versions/{version}/${name}`,
    summary,
    tag,
    params: versionParams,
    query: environmentQuery,
    body: { schema, example },
    responses: { 200: { description: 'The version afterwards.', schema: versionResource } },
    auth: 'required',
    action,
  })

const because = { reason: 'Reviewed with the owners.' }

export const submitVersionOperation = act(
  'submit',
  'version:submit',
  'Submit a draft for review',
  actInput,
  because,
)
export const approveVersionOperation = act(
  'approve',
  'version:approve',
  'Approve a version in review',
  actInput,
  because,
)
export const requestChangesOperation = act(
  'request-changes',
  'version:approve',
  'Send a version in review back to its author',
  reasonedActInput,
  { reason: 'Who reads the old column?' },
)
export const rejectVersionOperation = act(
  'reject',
  'version:approve',
  'Refuse a version in review for good',
  reasonedActInput,
  { reason: 'The same feature stands in route_delays.' },
)
export const withdrawVersionOperation = act(
  'withdraw',
  'version:submit',
  'Take a submission back',
  reasonedActInput,
  { reason: 'One column is still missing.' },
)
export const promoteVersionOperation = act(
  'promote',
  'version:promote',
  'Let an environment serve this version',
  promoteInput,
  { reason: 'Backfill is complete.', environment: 'prod' },
)
export const deprecateVersionOperation = act(
  'deprecate',
  'version:deprecate',
  'Deprecate a version',
  deprecateInput,
  {
    reason: 'Replaced by the hourly version.',
    replacement: 'route_delays@2',
    sunset_at: '2027-01-31T00:00:00Z',
  },
)
export const archiveVersionOperation = act(
  'archive',
  'version:deprecate',
  'Archive a version: out of use and of the online store, restorable',
  reasonedActInput,
  { reason: 'Nobody reads it any more.' },
)
export const restoreVersionOperation = act(
  'restore',
  'version:deprecate',
  'Take an archiving or a deprecation back',
  reasonedActInput,
  because,
)

export const groupOperations: Operation[] = [
  registerFeatureGroupOperation,
  listFeatureGroupsOperation,
  getFeatureGroupOperation,
  updateFeatureGroupOperation,
  deleteFeatureGroupOperation,
  addVersionOperation,
  impactOperation,
  submitVersionOperation,
  approveVersionOperation,
  requestChangesOperation,
  rejectVersionOperation,
  withdrawVersionOperation,
  promoteVersionOperation,
  deprecateVersionOperation,
  archiveVersionOperation,
  restoreVersionOperation,
]
