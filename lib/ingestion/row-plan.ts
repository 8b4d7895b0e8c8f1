import type { FeatureContract } from '@/db/schema'
import type { FeatureType } from '@/lib/core/feature-type'
import type { RenamedColumns, WriteSchema } from '@/lib/offline'
import type { ServingVersion } from '@/lib/registry'
import { type ContractCheck, contractCheck } from './contract-check'
import { type Door, openDoor, termsEnforced } from './door/door'
import { noneRenamed } from './renamed'

export interface PlanColumn {
  name: string
  type: FeatureType
  typeText: string
  role: 'key' | 'time' | 'feature' | 'input'
  /** Computed by the engine from the others. */
  derived: boolean
  contract: FeatureContract | null
  check: ContractCheck | null
}

/** How a row of one version is read: its columns in the order of a staged row. */
export interface RowPlan {
  columns: PlanColumn[]
  /** Column name → place in `columns`; a Map, since `constructor` is an ordinary name. */
  places: Map<string, number>
  keyCount: number
  featureCount: number
  /** Some feature is computed by the engine, so that only the written file knows the whole row. */
  hasDerived: boolean
  schema: WriteSchema
  /** For one request alone: what columns of its body are called otherwise. */
  renamed: RenamedColumns
  /** What the group's contract asks of a batch beside the terms of features. */
  door: Door
  /** Features with the terms that only warn; `columns` have those that refuse. */
  warned: PlanColumn[]
}

export const operationColumn = '_op'

const column = (
  role: PlanColumn['role'],
  { name, type, typeText }: { name: string; type: FeatureType; typeText: string },
  contract: FeatureContract | null = null,
  derived = false,
): PlanColumn => ({
  name,
  type,
  typeText,
  role,
  derived,
  contract,
  check: contract ? contractCheck(type, contract) : null,
})

const featureColumn = (
  feature: ServingVersion['features'][number],
  enforcement: 'strict' | 'warn',
): PlanColumn =>
  column('feature', feature, termsEnforced(feature.contract, enforcement), feature.expression !== null)

type PlannedVersion = Pick<ServingVersion, 'keys' | 'timestampKey' | 'features' | 'inputs'>

/** The plan of a version. Pure; costs a compilation of the contract's patterns. */
export function rowPlan(version: PlannedVersion, door: Door = openDoor): RowPlan {
  const features = [...version.features].sort((a, b) => a.position - b.position)
  const time = { name: version.timestampKey, type: { kind: 'timestamp' } as const, typeText: 'timestamp' }
  const columns = [
    ...version.keys.map((key) => column('key', key)),
    column('time', time),
    ...features.map((feature) => featureColumn(feature, 'strict')),
    ...version.inputs.map((input) => column('input', input)),
  ]
  return {
    columns,
    places: new Map(columns.map(({ name }, place) => [name, place])),
    keyCount: version.keys.length,
    featureCount: features.length,
    hasDerived: features.some((feature) => feature.expression !== null),
    schema: {
      keys: version.keys.map(({ name, type }) => ({ name, type })),
      eventTime: version.timestampKey,
      features: features.map(({ name, type, expression }) => ({ name, type, expression })),
      inputs: version.inputs.map(({ name, type }) => ({ name, type })),
    },
    renamed: noneRenamed,
    door,
    warned: features.flatMap((feature) => {
      const warned = featureColumn(feature, 'warn')
      return warned.contract ? warned : []
    }),
  }
}
