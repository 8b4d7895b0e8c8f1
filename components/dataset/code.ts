import type { DatasetVersionResource } from '@/lib/datasets/operations'

export const languages = ['Python', 'DuckDB', 'cURL'] as const
export type CodeLanguage = (typeof languages)[number]

interface CodeInput {
  origin: string
  version: DatasetVersionResource
}

const addresses = ({ origin, version }: CodeInput) => version.files.map(({ url }) => `${origin}${url}`)

function python(input: CodeInput): string {
  const { version } = input
  const label = version.columns.find(({ role }) => role === 'label')?.name
  const features = version.columns.filter(({ role }) => role === 'feature').map(({ name }) => name)
  const names = version.files.map(({ name }) => name.replace('.parquet', ''))
  const [first = 'data'] = names
  const train = label
    ? `\nX = ${first}[[${features.map((name) => `"${name}"`).join(', ')}]]\ny = ${first}["${label}"]`
    : `\nX = ${first}[[${features.map((name) => `"${name}"`).join(', ')}]]`
  return `import io
import os
import urllib.request

import pandas as pd  # with pyarrow


def read(url):
    request = urllib.request.Request(
        url, headers={"Authorization": "Bearer " + os.environ["ALMANAC_KEY"]}
    )
    with urllib.request.urlopen(request) as answer:
        return pd.read_parquet(io.BytesIO(answer.read()))


${addresses(input)
  .map((url, index) => `${names[index]} = read("${url}")`)
  .join('\n')}
${train}`
}

function duckdb(input: CodeInput): string {
  const list = addresses(input)
  const from = list.length === 1 ? `'${list[0]}'` : `read_parquet([\n  '${list.join("',\n  '")}'\n])`
  return `-- Reads only the columns and rows that the query needs, by range.
INSTALL httpfs; LOAD httpfs;
CREATE SECRET almanac (
  TYPE http, EXTRA_HTTP_HEADERS MAP {'Authorization': 'Bearer ' || getenv('ALMANAC_KEY')}
);
SELECT * FROM ${from} LIMIT 10;`
}

function curl(input: CodeInput): string {
  const { version } = input
  return addresses(input)
    .map(
      (url, index) =>
        `curl -o ${version.dataset}_v${version.version}_${version.files[index]?.name ?? 'data.parquet'} \\
  -H "Authorization: Bearer $ALMANAC_KEY" \\
  '${url}'`,
    )
    .join('\n\n')
}

const writers: Record<CodeLanguage, (input: CodeInput) => string> = {
  Python: python,
  DuckDB: duckdb,
  cURL: curl,
}

/** Code that reads the files of a version, ready to run once ALMANAC_KEY holds an API key. */
export const datasetCode = (language: CodeLanguage, input: CodeInput): string => writers[language](input)
