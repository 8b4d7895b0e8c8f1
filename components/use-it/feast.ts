import { type ExampleKey, referencesOf, shownFeatures, type UsableAsset } from './asset'
import { type Literal, pythonText } from './literals'

interface FeastInput {
  asset: UsableAsset
  origin: string
  example: ExampleKey | null
  /** Key columns with the values of the example. */
  key: { [name: string]: Literal }
}

const scalars: Record<string, string> = {
  int32: 'Int32',
  int64: 'Int64',
  float32: 'Float32',
  float64: 'Float64',
  bool: 'Bool',
  bytes: 'Bytes',
}

/** What Feast has no type for arrives as text. */
function feastType(type: string): string {
  const element = /^array<(\w+)>$/.exec(type)?.[1]
  return element ? `Array(${scalars[element] ?? 'String'})` : (scalars[type] ?? 'String')
}

const valueTypes: Record<string, string> = { int32: 'INT32', int64: 'INT64', bool: 'BOOL' }

/** Feast asks without an environment and without versions, and only online. */
export const canFeast = ({ online, promoted, keys }: UsableAsset, environment: string): boolean =>
  online && promoted && keys.length > 0 && environment === 'prod'

/** A feature repository of one file, and a read through Feast's own SDK. */
export function feast({ asset, origin, key }: FeastInput): string {
  const columns = [...asset.keys, ...asset.features.slice(0, shownFeatures)]
  const types = [...new Set(columns.flatMap(({ type }) => feastType(type).match(/\w+/g) ?? []))].sort()
  const text = (value: string) => JSON.stringify(value)
  const entities = asset.keys.map(
    ({ name, type }) =>
      `    Entity(name=${text(name)}, join_keys=[${text(name)}], value_type=ValueType.${valueTypes[type] ?? 'STRING'}),`,
  )
  const fields = columns.map(
    ({ name, type }) => `        Field(name=${text(name)}, dtype=${feastType(type)}),`,
  )
  return `# pip install feast, 0.64 or newer
from datetime import timedelta
from pathlib import Path

from feast import Entity, FeatureStore, FeatureView, Field, FileSource, ValueType
from feast.types import ${types.join(', ')}

Path("feature_store.yaml").write_text("""project: almanac
provider: local
registry: registry.db
online_store:
  type: remote
  path: ${origin}
auth:
  type: oidc
  token_env_var: ALMANAC_KEY
entity_key_serialization_version: 3
""")
store = FeatureStore(repo_path=".")
entities = [
${entities.join('\n')}
]
view = FeatureView(
    name=${text(asset.group)},
    entities=entities,
    ttl=timedelta(0),
    schema=[
${fields.join('\n')}
    ],
    # Feast asks for a source; online reads do not open it
    source=FileSource(path=${text(`${asset.group}.parquet`)}, timestamp_field=${text(asset.timestampKey)}),
)
store.apply([*entities, view])

# The newest values of a key, as a model reads them
features = ${pythonText(referencesOf(asset))}
print(store.get_online_features(features=features, entity_rows=[${pythonText(key)}]).to_dict())`
}
