import { createHash } from 'node:crypto'
import { formatFeatureType } from '@/lib/core/feature-type'
import { type Column, runInEngine } from '@/lib/offline'
import { filesRelation } from './relation'

const nameOfHash = 'almanac-dataset-1'

/**
 * The hash of a dataset's content: SHA-256 over UTF-8 lines, each ended by U+000A. The first names this definition,
 * the second the columns (`name type`, divided by U+001F), then one line a row: its values as the JSON texts of
 * the codec (lib/core/feature-type), divided by U+001F, rows in the order of the files. JSON text escapes both
 * dividers, so that different content has different lines. File bytes, compression and engine play no part.
 */
export async function contentHash(
  paths: readonly string[],
  columns: readonly Column[],
  signal?: AbortSignal,
): Promise<string> {
  const hash = createHash('sha256')
  const heads = columns.map(({ name, type }) => `${JSON.stringify(name)} ${formatFeatureType(type)}`)
  hash.update(`${nameOfHash}\n${heads.join('\u001f')}\n`)
  const encoded = columns.map(({ name, type }) => ({ name, type, typeText: formatFeatureType(type) }))
  const answer = await runInEngine(
    {
      statements: [],
      result: {
        kind: 'encode',
        sql: filesRelation(paths, columns),
        columns: encoded,
        format: 'fragments',
        int64AsString: false,
      },
    },
    signal,
  )
  for await (const chunk of answer) hash.update(chunk)
  return `sha256:${hash.digest('hex')}`
}
