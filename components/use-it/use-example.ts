'use client'
import { useQuery } from '@tanstack/react-query'
import { exactText } from '@/components/feature-group/words'
import { request } from '@/lib/api-client'
import type { ExampleKey, UsableAsset } from './asset'

interface Rows {
  rows: Record<string, unknown>[]
}

const looked = 20

/** The key of the newest row that is not deleted; null when the history has none. */
async function newestKey(
  asset: UsableAsset,
  environment: string,
  signal: AbortSignal,
): Promise<ExampleKey | null> {
  const { data } = await request<Rows>(`/api/v1/feature-groups/${encodeURIComponent(asset.group)}/rows`, {
    query: { environment, version: asset.version, limit: looked, int64: 'string' },
    signal,
  })
  const row = data.rows.find((one) => one._op !== 'delete')
  if (!row) return null
  return {
    values: asset.keys.map(({ name }) => exactText(row[name])),
    eventTime: exactText(row[asset.timestampKey]),
  }
}

/** An example to fill the code with, read when it is first wanted: a look at rows is an act of its own. */
export const useExample = (asset: UsableAsset, environment: string) =>
  useQuery({
    queryKey: ['example key', asset.group, asset.version, environment],
    queryFn: ({ signal }) => newestKey(asset, environment, signal),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  })
