import { shownFeatures, type UsableAsset } from './asset'
import { type Literal, pythonText } from './literals'

interface SparkInput {
  asset: UsableAsset
  origin: string
  environment: string
  /** Key columns with the values of the example. */
  key: { [name: string]: Literal }
}

const text = (value: string) => JSON.stringify(value)

/** The whole history as a Parquet file, read by a Spark session. */
export function spark({ asset, origin, environment, key }: SparkInput): string {
  const query = new URLSearchParams({ environment, version: String(asset.version), format: 'parquet' })
  const address = `${origin}/api/v1/feature-groups/${asset.group}/training-data?${query}`
  const columns = [
    ...asset.keys.map(({ name }) => name),
    asset.timestampKey,
    ...asset.features.slice(0, shownFeatures).map(({ name }) => name),
  ]
  const where = Object.entries(key).map(([name, value]) => `(history[${text(name)}] == ${pythonText(value)})`)
  const chosen = where.length > 0 ? `history.where(${where.join(' & ')})` : 'history'
  return `# pip install pyspark; on a cluster the file lies where every worker reads it
import os
import shutil
import urllib.request

from pyspark.sql import SparkSession

# Once: the whole history as a Parquet file
request = urllib.request.Request(
    ${text(address)},
    headers={"Authorization": "Bearer " + os.environ["ALMANAC_KEY"]},
)
with urllib.request.urlopen(request) as answer, open(${text(`${asset.group}.parquet`)}, "wb") as file:
    shutil.copyfileobj(answer, file)

spark = SparkSession.builder.config("spark.sql.session.timeZone", "UTC").getOrCreate()
history = spark.read.parquet(${text(`${asset.group}.parquet`)})
rows = ${chosen}.orderBy(history[${text(asset.timestampKey)}].desc())
rows.select(${columns.map(text).join(', ')}).show(10, truncate=False)`
}
