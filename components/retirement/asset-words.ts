import type { Asset, OutcomeResource } from '@/lib/retirement/operations'

interface Named {
  kind: 'feature' | 'group' | 'service'
  name: string
  version: number | null
}

/** "route_traffic@1", "delay_model". */
export const assetName = ({ kind, name, version }: Named): string =>
  kind === 'group' && version !== null ? `${name}@${version}` : name

/** What an act names; null for a feature, which goes with its group. */
export function assetOf({ kind, name, version }: Named): Asset | null {
  if (kind === 'service') return { kind, name }
  return kind === 'group' && version !== null ? { kind, name, version } : null
}

/** "2 done", "2 done, 1 refused". */
export function outcomeWords(results: readonly OutcomeResource[]): string {
  const done = results.filter((one) => one.done).length
  const refused = results.length - done
  return [...(done > 0 ? [`${done} done`] : []), ...(refused > 0 ? [`${refused} refused`] : [])].join(', ')
}
