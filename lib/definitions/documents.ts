import type {
  DomainResource,
  EntityResource,
  GroupResource,
  ServiceResource,
  SourceResource,
} from '@/lib/registry/operations'
import { type DefinitionKind, schemaOf } from './kinds'
import { type Spelled, spell } from './spelling'

/** The members of a resource that registering one takes. */
const picked = (kind: DefinitionKind, resource: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    Object.keys(schemaOf[kind].shape).flatMap((name) =>
      Object.hasOwn(resource, name) ? [[name, resource[name]]] : [],
    ),
  )

/** A registered source is named, any other is described. */
const sourceOf = ({ source }: GroupResource): unknown =>
  source.kind !== 'group' && typeof source.name === 'string' ? source.name : source

export const documentOfGroup = (group: GroupResource): Spelled =>
  spell('feature_group', {
    ...picked('feature_group', group),
    source: sourceOf(group),
    environments: group.environments.map(({ name }) => name),
  })

export const documentOfService = (service: ServiceResource): Spelled =>
  spell('feature_service', picked('feature_service', service))

export const documentOfEntity = (entity: EntityResource): Spelled => spell('entity', picked('entity', entity))

export const documentOfSource = (source: SourceResource): Spelled => spell('source', picked('source', source))

export const documentOfDomain = (domain: DomainResource): Spelled => spell('domain', picked('domain', domain))
