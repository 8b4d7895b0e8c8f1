import { DomainError } from '@/lib/core/errors'
import type { AnswerFormat } from './port'

export const contentTypeOfFormat: Record<AnswerFormat, string> = {
  json: 'application/json',
  ndjson: 'application/x-ndjson',
  csv: 'text/csv; charset=utf-8',
  parquet: 'application/vnd.apache.parquet',
  arrow: 'application/vnd.apache.arrow.stream',
}

/** In the order in which a caller's wildcard is answered. */
const known: [pattern: string, format: AnswerFormat][] = [
  ['application/json', 'json'],
  ['application/x-ndjson', 'ndjson'],
  ['application/ndjson', 'ndjson'],
  ['text/csv', 'csv'],
  ['application/vnd.apache.parquet', 'parquet'],
  ['application/x-parquet', 'parquet'],
  ['application/vnd.apache.arrow.stream', 'arrow'],
]

const matches = (range: string, type: string): boolean =>
  range === '*/*' || range === type || (range.endsWith('/*') && type.startsWith(range.slice(0, -1)))

interface Range {
  range: string
  quality: number
}

function ranges(accept: string): Range[] {
  return accept
    .split(',')
    .map((part) => {
      const [range = '', ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase())
      const quality = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2)
      return { range, quality: quality === undefined ? 1 : Number(quality) || 0 }
    })
    .filter(({ range, quality }) => range !== '' && quality > 0)
    .sort((a, b) => b.quality - a.quality)
}

/** The format that an Accept header wants; JSON without one. 415 when it names none that is known. */
export function formatOfAccept(accept: string | null): AnswerFormat {
  if (accept === null || accept.trim() === '') return 'json'
  for (const { range } of ranges(accept)) {
    const found = known.find(([type]) => matches(range, type))
    if (found) return found[1]
  }
  const offered = [...new Set(known.map(([type]) => type))].join(', ')
  throw new DomainError(
    'unsupported_media_type',
    `Nothing in Accept: ${accept.slice(0, 200)} is offered. Offered: ${offered}.`,
  )
}
