import type { RowAct } from '@/components/data-table/types'
import { type AssetKind, assetHref } from './asset-href'

/** Where an asset is changed; a feature with its group. Training datasets are built anew instead. */
function editHref(kind: AssetKind, name: string): string | null {
  if (kind === 'dataset') return null
  const page = kind === 'feature' ? assetHref('group', name.split(':')[0] ?? name) : assetHref(kind, name)
  return `${page}/edit`
}

/** The address at which a group's or a feature's page opens its code. */
export const codeHash = '#use'

/** What can be done with an asset from a list. `environment`: of the list, null for the usual one. */
export function rowActs(
  kind: AssetKind,
  name: string,
  mayEdit: boolean,
  environment: string | null,
): RowAct[] {
  const query = environment === null ? '' : `?environment=${encodeURIComponent(environment)}`
  const edit = mayEdit ? editHref(kind, name) : null
  const isUsed = kind === 'group' || kind === 'feature'
  return [
    ...(isUsed
      ? [{ label: 'Use it…', shortcut: 'u', href: `${assetHref(kind, name)}${query}${codeHash}` }]
      : []),
    ...(edit === null ? [] : [{ label: 'Edit…', shortcut: 'e', href: edit }]),
    { label: 'Copy full name', copy: name },
  ]
}
