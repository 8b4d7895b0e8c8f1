import type { FeatureContract, Transformation } from '@/db/schema'

/** One feature as the registry's interface takes it. */
export interface SampleFeature {
  name: string
  type: string
  description: string
  tags?: string[]
  contract?: FeatureContract
  role?: 'label'
  horizon?: string
}

/** A group as the registry's interface takes it, except for what the calendar decides (its note). */
export interface SampleGroup {
  name: string
  description: string
  entity: string
  primary_key: string[]
  timestamp_key: string
  owner_team: string
  domain: string
  tags: string[]
  classification: 'public' | 'internal'
  ttl?: string
  online: boolean
  cadence?: string
  /** Name of a source, or `push`. */
  source: string | { kind: 'push' }
  transformation?: Transformation
  features: SampleFeature[]
}

/** `count` columns promise to be there and not to be negative. */
export const countContract: FeatureContract = { min: 0, nullable: false }
export const shareContract: FeatureContract = { min: 0, max: 1 }
/** No flight arrives a day early. There is no upper bound: a contract refuses rows, and late is not impossible. */
export const delayContract: FeatureContract = { min: -1440 }
