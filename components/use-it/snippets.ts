import { type ExampleKey, placeholders, readsOf, type UsableAsset } from './asset'
import { canFeast, feast } from './feast'
import { jsonText, literalOf, pythonText, shellText, sqlName, sqlText, type Tree } from './literals'
import { pythonClient } from './python-client'
import { spark } from './spark'

export const languages = ['Python', 'Python client', 'TypeScript', 'cURL', 'SQL', 'Feast', 'Spark'] as const
export type Language = (typeof languages)[number]

/** They take the history of one group as a file, or name its view. */
const ofOneGroup: readonly Language[] = ['SQL', 'Feast', 'Spark']

/** The languages in which this asset can be read there. */
export const languagesOf = ({
  asset,
  environment,
}: Pick<SnippetInput, 'asset' | 'environment'>): Language[] =>
  asset.selection
    ? languages.filter((one) => !ofOneGroup.includes(one))
    : languages.filter((one) => one !== 'Feast' || canFeast(asset, environment))

export interface SnippetInput {
  asset: UsableAsset
  /** Where the portal answers: `https://almanac.example`. */
  origin: string
  environment: string
  /** Null: none is known, and the names of the keys stand in its place. */
  example: ExampleKey | null
}

const literalsOf = ({ asset, example }: SnippetInput) => {
  const values = example?.values ?? placeholders(asset)
  return asset.keys.map(({ name, type }, index) => [name, literalOf(type, values[index] ?? '')] as const)
}

/** Body of POST /online-features. */
export function onlineBody(input: SnippetInput): { [name: string]: Tree } {
  return {
    ...readsOf(input.asset),
    entities: Object.fromEntries(literalsOf(input).map(([name, value]) => [name, [value]])),
    environment: input.environment,
    metadata: true,
  }
}

/** Body of POST /historical-features: one row, at the time of the newest row of the key. */
function historicalBody(input: SnippetInput): { [name: string]: Tree } {
  const time = input.example?.eventTime ?? '<RFC 3339 time>'
  return {
    spine: { rows: [{ ...Object.fromEntries(literalsOf(input)), event_timestamp: time }] },
    ...readsOf(input.asset),
    environment: input.environment,
  }
}

const newest = 'The newest values of a key, as a model reads them'
const history = 'The values as they were known at a time, for training'

const calls = (input: SnippetInput) => [
  ...(input.asset.online ? [{ what: newest, path: '/online-features', body: onlineBody(input) }] : []),
  { what: history, path: '/historical-features', body: historicalBody(input) },
]

function python(input: SnippetInput): string {
  const reads = calls(input).map(
    ({ what, path, body }) => `# ${what}\nprint(read(${JSON.stringify(path)}, ${pythonText(body)}))`,
  )
  return `import json
import os
import urllib.request


def read(path, body):
    request = urllib.request.Request(
        ${JSON.stringify(`${input.origin}/api/v1`)} + path,
        data=json.dumps(body).encode(),
        headers={
            "Authorization": "Bearer " + os.environ["ALMANAC_KEY"],
            "Content-Type": "application/json",
        },
    )
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


${reads.join('\n\n')}`
}

function typescript(input: SnippetInput): string {
  const reads = calls(input).map(
    ({ what, path, body }) =>
      `// ${what}\nconsole.log(await read(${JSON.stringify(path)}, ${jsonText(body)}))`,
  )
  return `async function read(path: string, body: unknown): Promise<unknown> {
  const answer = await fetch(${JSON.stringify(`${input.origin}/api/v1`)} + path, {
    method: 'POST',
    headers: {
      authorization: \`Bearer \${process.env.ALMANAC_KEY}\`,
      'content-type': 'application/json',
    },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(await answer.text())
  return answer.json()
}

${reads.join('\n\n')}`
}

function curl(input: SnippetInput): string {
  return calls(input)
    .map(
      ({ what, path, body }) => `# ${what}
curl '${shellText(input.origin)}/api/v1${path}' \\
  -H "Authorization: Bearer $ALMANAC_KEY" \\
  -H 'Content-Type: application/json' \\
  -d '${shellText(jsonText(body))}'`,
    )
    .join('\n\n')
}

function sql(input: SnippetInput): string {
  const { asset, origin, environment } = input
  const query = new URLSearchParams({ environment, version: String(asset.version), format: 'parquet' })
  const file = `${asset.group}.parquet`
  const columns = [
    ...asset.keys.map(({ name }) => name),
    asset.timestampKey,
    ...asset.features.slice(0, 5).map(({ name }) => name),
  ]
  const where = literalsOf(input).map(([name, value]) => `${sqlName(name)} = ${sqlText(value)}`)
  return `-- Once: the whole history as a Parquet file
--   curl -o ${file} -H "Authorization: Bearer $ALMANAC_KEY" \\
--     '${shellText(origin)}/api/v1/feature-groups/${asset.group}/training-data?${query}'
-- Then, in DuckDB:
SELECT ${columns.map(sqlName).join(', ')}
FROM '${file}'${where.length > 0 ? `\nWHERE ${where.join(' AND ')}` : ''}
ORDER BY ${sqlName(asset.timestampKey)} DESC
LIMIT 10;`
}

const writers: Record<Language, (input: SnippetInput) => string> = {
  Python: python,
  'Python client': (input) => pythonClient({ ...input, key: Object.fromEntries(literalsOf(input)) }),
  TypeScript: typescript,
  cURL: curl,
  SQL: sql,
  Feast: (input) => feast({ ...input, key: Object.fromEntries(literalsOf(input)) }),
  Spark: (input) => spark({ ...input, key: Object.fromEntries(literalsOf(input)) }),
}

/** Code that reads the asset, ready to run once ALMANAC_KEY holds an API key. */
export const snippet = (language: Language, input: SnippetInput): string => writers[language](input)
