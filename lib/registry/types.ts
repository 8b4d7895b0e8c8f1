import type { FeatureContract, Transformation } from '@/db/schema'
import type { Classification, ResourceFacts } from '@/lib/authz'
import type { FeatureType } from '@/lib/core/feature-type'
import type { PermittedUse } from './permitted-use'

export interface TypedColumn {
  name: string
  type: FeatureType
  typeText: string
}

export type VersionState = 'draft' | 'in_review' | 'active' | 'deprecated' | 'archived'

export interface ServingFeature extends TypedColumn {
  /** Order of declaration, from 0: the order of the fragments in an online row. */
  position: number
  /** SQL over the row for a derived feature, checked and with every name quoted: the engine runs it as it is. */
  expression: string | null
  role: 'feature' | 'label'
  /** How far a label looks ahead of its row's time; null for a feature. */
  horizonSeconds: number | null
  contract: FeatureContract | null
  /** The feature's own, or its group's. */
  classification: Classification
  /** The feature's own and its group's. */
  permittedUse: PermittedUse[]
  /** Its tags say that it names a person. */
  isIdentifier: boolean
}

/** One version of a feature group as one environment serves it: all that readers and writers of rows need. */
export interface ServingVersion {
  groupId: string
  groupName: string
  teamId: string
  team: string
  tags: string[]
  classification: Classification
  versionId: string
  major: number
  revision: number
  state: VersionState
  environment: string
  /** Names this version and environment in the online store. */
  viewId: number
  /** Whether unversioned references mean this version in this environment. */
  promoted: boolean
  keys: TypedColumn[]
  timestampKey: string
  features: ServingFeature[]
  inputs: TypedColumn[]
  ttlSeconds: number | null
  sourceDelaySeconds: number
  allowedSkewSeconds: number
  online: boolean
  transformation: Transformation | null
  cadenceSeconds: number | null
  /** ISO text, as are the other instants. */
  deprecatedAt: string | null
  /** `group` or `group@n`, and the group's facts while it is there: replacementFor tells who may be told. */
  replacement: { reference: string; resource: ResourceFacts | null } | null
  sunsetAt: string | null
  /** Who reads on past the sunset, while it lasts; none where nothing was promised to end. */
  graces: Grace[]
  resource: ResourceFacts
}

/** One consumer, or all of them, may read a version past its sunset. */
export interface Grace {
  consumer: { kind: 'all' | 'key' | 'person'; id: string }
  /** ISO text; from this instant on reads are refused. */
  until: string
}

export interface VersionReference {
  group: string
  /** Major version; absent: the one promoted in the environment. */
  version?: number
}

export interface FeatureSelection {
  version: ServingVersion
  feature: ServingFeature
  /** As it was asked for. */
  reference: string
}

export interface ResolvedFeatures {
  selections: FeatureSelection[]
  service: {
    name: string
    version: number
    purpose: string | null
    fullFeatureNames: boolean
    resource: ResourceFacts
  } | null
}
