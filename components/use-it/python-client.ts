import { type ExampleKey, readsOf, type UsableAsset } from './asset'
import { type Literal, pythonText } from './literals'

interface PythonClientInput {
  asset: UsableAsset
  origin: string
  environment: string
  example: ExampleKey | null
  /** Key columns with the values of the example. */
  key: { [name: string]: Literal }
}

/** The same reads with the client of sdk/python: a mapping, and a DataFrame where pandas is installed. */
export function pythonClient({ asset, origin, environment, example, key }: PythonClientInput): string {
  const elsewhere = environment === 'prod' ? '' : `, environment=${JSON.stringify(environment)}`
  const time = example?.eventTime ?? '<RFC 3339 time>'
  const reads = readsOf(asset)
  const [said, asked] =
    'features' in reads
      ? [`features = ${pythonText(reads.features)}\n\n`, 'features=features']
      : ['', `feature_service=${JSON.stringify(reads.feature_service)}`]
  const names = 'features' in reads && reads.full_feature_names ? ', full_feature_names=True' : ''
  const online = `# The newest values of a key, as a model reads them
print(fs.get_online_features(${asked}, entity_key=${pythonText(key)}${names}))

`
  return `# In a clone of Almanac: pip install "./sdk/python[all]"
import os

from almanac import FeatureStore

fs = FeatureStore(${JSON.stringify(origin)}, os.environ["ALMANAC_KEY"]${elsewhere})
${said}${asset.online ? online : ''}# The values as they were known at a time, for training
spine = [${pythonText({ ...key, event_timestamp: time })}]
print(fs.get_historical_features(spine, ${asked}${names}))`
}
