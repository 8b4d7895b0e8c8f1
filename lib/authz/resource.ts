import { type DomainError, notFound } from '@/lib/core/errors'
import type { Classification } from './classification'

export type ResourceKind =
  | 'group'
  | 'service'
  | 'entity'
  | 'domain'
  | 'term'
  | 'source'
  | 'team'
  | 'person'
  | 'key'
  | 'audit'
  | 'policy'
  | 'settings'
  | 'dataset'
  | 'monitor'
  | 'system'

/** What the policies may know of the thing that is acted upon. `teamId` and `team` (its name) go together. */
export interface ResourceFacts {
  kind: ResourceKind
  id: string
  name: string
  teamId: string | null
  team: string | null
  classification: Classification
  tags: string[]
  lifecycle?: string
  /** Where it stands, when that differs from the environment of the request. */
  environment?: string
  /** Who submitted it: a person's or service account's id. Four eyes look at it. */
  authorId?: string
  /** Everybody with a hand in it: none of them is the second person that a refusal names. */
  handIds?: readonly string[]
  /** Whose it is: a person's or service account's id (API keys). */
  ownerId?: string
}

/** The installation itself: settings, people, policies, the audit log. */
export const systemResource: ResourceFacts = {
  kind: 'system',
  id: 'system',
  name: 'system',
  teamId: null,
  team: null,
  classification: 'internal',
  tags: [],
}

const kindLabels: Record<ResourceKind, string> = {
  group: 'Feature group',
  service: 'Feature service',
  entity: 'Entity',
  domain: 'Domain',
  term: 'Term',
  source: 'Data source',
  team: 'Team',
  person: 'Person',
  key: 'API key',
  audit: 'Audit entry',
  policy: 'Policy',
  settings: 'Setting',
  dataset: 'Training dataset',
  monitor: 'Monitor',
  system: 'System',
}

/** The one 404: what a missing thing gives and what a hidden one gives must be the same bytes. */
export const missing = (kind: ResourceKind, name: string): DomainError =>
  notFound(`${kindLabels[kind]} ${name}`, kind === 'group' || kind === 'service' ? kind : undefined)
