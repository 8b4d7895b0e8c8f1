export interface TopValue {
  /** Already masked where a policy says so; null is the null value. */
  value: string | null
  count: number
  referenceShare?: number
}

export interface TopValueRow {
  label: string
  kind: 'value' | 'null' | 'rest'
  count: number
  /** Of all rows. */
  share: number
  referenceShare: number | null
  /** 0…1 of the widest bar. */
  width: number
}

/** Shares of `total` rows, largest first, then nulls, then what the list does not name. */
export function prepareTopValues(values: readonly TopValue[], total: number): TopValueRow[] {
  const named = values
    .filter((item) => item.value !== null)
    .toSorted((a, b) => b.count - a.count)
    .map((item) => ({
      ...item,
      label: item.value === '' ? '(empty text)' : (item.value ?? ''),
      kind: 'value' as const,
    }))
  const nulls = values
    .filter((item) => item.value === null && item.count > 0)
    .map((item) => ({ ...item, label: 'null', kind: 'null' as const }))
  const listed = values.reduce((sum, item) => sum + item.count, 0)
  const rest =
    total > listed
      ? [{ label: 'all others', kind: 'rest' as const, count: total - listed, referenceShare: undefined }]
      : []
  const rows = [...named, ...nulls, ...rest]
  const share = (count: number) => (total > 0 ? count / total : 0)
  // What the list does not name is usually most of it: drawn, it would flatten every bar that is named.
  const drawn = rows.filter((row) => row.kind !== 'rest')
  const top = Math.max(0, ...drawn.flatMap((row) => [share(row.count), row.referenceShare ?? 0])) || 1
  return rows.map((row) => ({
    label: row.label,
    kind: row.kind,
    count: row.count,
    share: share(row.count),
    referenceShare: row.referenceShare ?? null,
    width: row.kind === 'rest' ? 0 : share(row.count) / top,
  }))
}
