'use client'
import { useQuery } from '@tanstack/react-query'
import { exactText } from '@/components/feature-group/words'
import { request } from '@/lib/api-client'
import type { ExampleKey, UsableAsset } from './asset'

interface Rows {
  rows: Record<string, unknown>[]
}

const looked = 20

type Place = Pick<UsableAsset, 'group' | 'version' | 'keys' | 'timestampKey'>

/** The newest row of a group that is not deleted; null when the history has none. */
async function newestRow({ group, version }: Place, environment: string, signal: AbortSignal) {
  const { data } = await request<Rows>(`/api/v1/feature-groups/${encodeURIComponent(group)}/rows`, {
    query: { environment, version, limit: looked, int64: 'string' },
    signal,
  })
  return data.rows.find((one) => one._op !== 'delete') ?? null
}

/** Several groups are asked for the key columns that no group before them has, at the time of the latest of the rows. */
async function newestKey(
  asset: UsableAsset,
  environment: string,
  signal: AbortSignal,
): Promise<ExampleKey | null> {
  const found = new Map<string, string>()
  const times: string[] = []
  for (const place of asset.selection?.groups ?? [asset]) {
    if (times.length > 0 && place.keys.every(({ name }) => found.has(name))) continue
    const row = await newestRow(place, environment, signal)
    if (!row) continue
    for (const { name } of place.keys) if (!found.has(name)) found.set(name, exactText(row[name]))
    times.push(exactText(row[place.timestampKey]))
  }
  const eventTime = times.sort().at(-1)
  if (eventTime === undefined) return null
  return { values: asset.keys.map(({ name }) => found.get(name) ?? `<${name}>`), eventTime }
}

/** An example to fill the code with, read when it is first wanted: a look at rows is an act of its own. */
export const useExample = (asset: UsableAsset, environment: string) =>
  useQuery({
    queryKey: ['example key', asset.group, asset.version, environment, asset.keys.map(({ name }) => name)],
    queryFn: ({ signal }) => newestKey(asset, environment, signal),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  })
