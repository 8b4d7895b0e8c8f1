import type { GridColumn, GridRow } from '@/components/forms/grid-model'
import { parseJson, stringifyJson } from '@/lib/core/json'

/** Lines of a sheet as one text, so that two people’s changes of it can be told apart. */
export const linesText = (lines: readonly Record<string, string>[]): string => stringifyJson(lines)

export function linesOf(text: string | undefined): Record<string, string>[] {
  const parsed: unknown = text ? parseJson(text) : []
  if (!Array.isArray(parsed)) return []
  return parsed.map((line: unknown) =>
    Object.fromEntries(
      Object.entries(typeof line === 'object' && line !== null ? line : {}).map(([name, cell]) => [
        name,
        String(cell),
      ]),
    ),
  )
}

/** What stands in the sheet; lines that are empty throughout are none yet. */
export const cellsOf = (rows: readonly GridRow[], columns: readonly GridColumn[]): string =>
  linesText(
    rows
      .map(({ cells }) => Object.fromEntries(columns.map(({ id }) => [id, (cells[id] ?? '').trim()])))
      .filter((cells) => columns.some(({ id, initial = '' }) => cells[id] !== initial && cells[id] !== '')),
  )

export const wordsOf = (text = ''): string[] => text.split(/[\s,]+/).filter((word) => word !== '')

/** Lines in words, where the other side of a race is shown. */
export const shownLines = (text: string | undefined): string | undefined =>
  text?.startsWith('[')
    ? linesOf(text)
        .map((line) => Object.values(line).filter(Boolean).join(' · '))
        .join('\n')
    : text
