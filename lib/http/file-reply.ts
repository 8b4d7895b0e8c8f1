import { createReadStream } from 'node:fs'
import { DomainError } from '@/lib/core/errors'
import { byteStream } from './byte-stream'
import { lengthHeader } from './compress'
import { Reply } from './reply'

/** A file that never changes under its entity tag. */
export interface ServedFile {
  path: string
  /** What it is saved as. */
  name: string
  bytes: number
  /** Opaque; without quotes. */
  tag: string
  contentType: string
}

interface ByteRange {
  first: number
  last: number
}

/** One range of bytes (RFC 9110 §14); null where the header asks for none that is understood. 416 outside the file. */
function rangeOf(header: string | null, bytes: number): ByteRange | null {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '')
  const [, from = '', to = ''] = match ?? []
  if (!match || (from === '' && to === '')) return null
  const suffix = from === ''
  const first = suffix ? Math.max(0, bytes - Number(to)) : Number(from)
  const last = suffix || to === '' ? bytes - 1 : Math.min(Number(to), bytes - 1)
  if (to !== '' && !suffix && Number(to) < Number(from)) return null
  if (first >= bytes || (suffix && Number(to) === 0)) {
    throw new DomainError('range_not_satisfiable', `The file has ${bytes} bytes.`, {
      headers: { 'content-range': `bytes */${bytes}` },
    })
  }
  return { first, last }
}

const names = (header: string | null, etag: string): boolean =>
  header?.split(',').some((one) => one.trim() === '*' || one.trim().replace(/^W\//, '') === etag) ?? false

/** If-Range: the range counts only for the very file that the caller has the beginning of. */
const isSame = (ifRange: string | null, etag: string): boolean => ifRange === null || ifRange.trim() === etag

/** The file, a range of it (206), or that the caller has it already (304). HEAD gets the headers alone. */
export function fileReply(file: ServedFile, { method, headers }: Pick<Request, 'method' | 'headers'>): Reply {
  const etag = `"${file.tag}"`
  const common = {
    etag,
    'accept-ranges': 'bytes',
    'cache-control': 'private, no-cache',
    'content-type': file.contentType,
    'content-disposition': `attachment; filename="${file.name}"`,
  }
  if (names(headers.get('if-none-match'), etag)) return new Reply(304, null, common)
  const range = isSame(headers.get('if-range'), etag) ? rangeOf(headers.get('range'), file.bytes) : null
  const { first, last } = range ?? { first: 0, last: file.bytes - 1 }
  const length = { [lengthHeader]: String(last - first + 1) }
  const part: Record<string, string> = range
    ? { 'content-range': `bytes ${first}-${last}/${file.bytes}` }
    : {}
  const body =
    method === 'HEAD'
      ? null
      : byteStream(createReadStream(file.path, { start: first, end: last, highWaterMark: 1 << 18 }))
  return new Reply(range ? 206 : 200, body, { ...common, ...length, ...part })
}
