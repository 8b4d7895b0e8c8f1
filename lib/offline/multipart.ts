import { DomainError } from '@/lib/core/errors'

/** One part of a multipart/form-data body. Its bytes must be read to the end before the next part. */
export interface FormPart {
  name: string
  /** Null for a plain field. */
  filename: string | null
  /** Media type without parameters; '' when the part has none. */
  contentType: string
  bytes: AsyncIterable<Uint8Array>
}

const longestHeadBytes = 16 * 1024

const broken = (why: string) => new DomainError('not_parseable', `The multipart body is broken: ${why}.`)

/** Bytes of a body, of which the reader may look ahead. */
class Window {
  private held: Buffer = Buffer.alloc(0)
  private readonly source: AsyncIterator<Uint8Array>

  constructor(source: AsyncIterable<Uint8Array>) {
    this.source = source[Symbol.asyncIterator]()
  }

  /** Reads more; false at the end. */
  async grow(): Promise<boolean> {
    const { done, value } = await this.source.next()
    if (done) return false
    this.held = this.held.length === 0 ? Buffer.from(value) : Buffer.concat([this.held, value])
    return true
  }

  indexOf(pattern: Buffer): number {
    return this.held.indexOf(pattern)
  }

  get length(): number {
    return this.held.length
  }

  take(count: number): Buffer {
    const taken = this.held.subarray(0, count)
    this.held = this.held.subarray(count)
    return taken
  }
}

async function takeUntil(window: Window, mark: Buffer): Promise<Buffer> {
  for (let at = window.indexOf(mark); ; at = window.indexOf(mark)) {
    if (at !== -1) {
      const taken = window.take(at)
      window.take(mark.length)
      return taken
    }
    if (window.length > longestHeadBytes) throw broken('a part has no end of its headers')
    if (!(await window.grow())) throw broken('it ends early')
  }
}

async function* partBytes(window: Window, mark: Buffer): AsyncGenerator<Uint8Array> {
  for (let at = window.indexOf(mark); at === -1; at = window.indexOf(mark)) {
    // The mark may begin in the last bytes that are here.
    const safe = window.length - mark.length + 1
    if (safe > 0) yield window.take(safe)
    if (!(await window.grow())) throw broken('it ends early')
  }
  const rest = window.take(window.indexOf(mark))
  if (rest.length > 0) yield rest
  window.take(mark.length)
}

const parameter = (header: string, name: string): string | null =>
  new RegExp(`[;\\s]${name}="((?:[^"\\\\]|\\\\.)*)"`, 'i').exec(header)?.[1]?.replace(/\\(.)/g, '$1') ?? null

function partOf(head: string, bytes: AsyncIterable<Uint8Array>): FormPart {
  const lines = head.split('\r\n')
  const headerValue = (header: string) =>
    lines.find((line) => line.toLowerCase().startsWith(`${header}:`))?.slice(header.length + 1) ?? ''
  const disposition = headerValue('content-disposition')
  const name = parameter(disposition, 'name')
  if (name === null) throw broken('a part has no name')
  const contentType = headerValue('content-type').split(';')[0]?.trim().toLowerCase() ?? ''
  return { name, filename: parameter(disposition, 'filename'), contentType, bytes }
}

/** The boundary in a Content-Type; null when it is not multipart/form-data. */
export function boundaryOf(contentType: string): string | null {
  if (!/^multipart\/form-data\s*(?:;|$)/i.test(contentType)) return null
  const match = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;]{1,70}))/i.exec(contentType)
  const boundary = match?.[1] ?? match?.[2]
  if (!boundary) throw broken('its Content-Type names no boundary')
  return boundary
}

/** The parts of a multipart/form-data body (RFC 7578) as they arrive. A part that is not read is passed over. */
export async function* partsOf(body: AsyncIterable<Uint8Array>, boundary: string): AsyncGenerator<FormPart> {
  const window = new Window(body)
  const mark = Buffer.from(`\r\n--${boundary}`)
  await takeUntil(window, mark.subarray(2))
  for (;;) {
    while (window.length < 2) if (!(await window.grow())) throw broken('it ends early')
    if (window.take(2).toString('latin1') === '--') return
    // A part without headers would begin here with its empty line, and has no name anyway.
    const head = await takeUntil(window, Buffer.from('\r\n\r\n'))
    const bytes = partBytes(window, mark)
    yield partOf(head.toString('utf8'), bytes)
    for await (const chunk of bytes) void chunk
  }
}
