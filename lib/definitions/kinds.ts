import type { z } from 'zod'
import {
  registerDomainInput,
  registerEntityInput,
  registerFeatureGroupInput,
  registerFeatureServiceInput,
  registerSourceInput,
} from '@/lib/registry/operations'

/** In the order in which one may need another; a file may hold them in any order. */
export const definitionKinds = ['domain', 'entity', 'source', 'feature_group', 'feature_service'] as const
export type DefinitionKind = (typeof definitionKinds)[number]

/** What a document of each kind holds beside `kind`: what registering it takes. */
export const schemaOf = {
  domain: registerDomainInput,
  entity: registerEntityInput,
  source: registerSourceInput,
  feature_group: registerFeatureGroupInput,
  feature_service: registerFeatureServiceInput,
} satisfies Record<DefinitionKind, z.ZodObject>

/** The folder that an export puts them into. */
export const folderOf: Record<DefinitionKind, string> = {
  domain: 'domains',
  entity: 'entities',
  source: 'sources',
  feature_group: 'feature-groups',
  feature_service: 'feature-services',
}

export const isDefinitionKind = (text: unknown): text is DefinitionKind =>
  definitionKinds.some((kind) => kind === text)
