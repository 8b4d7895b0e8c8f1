/** The few of PostgreSQL's messages (protocol 3) that a prepared read needs. */
export const messageType = { dataRow: 68, error: 69, ready: 90 }

const headBytes = 5
const statementName = 'read\0'

function messageOf(type: string, content: Buffer): Buffer {
  const head = Buffer.alloc(headBytes)
  head.write(type, 0, 'latin1')
  head.writeInt32BE(4 + content.length, 1)
  return Buffer.concat([head, content])
}

const sync = messageOf('S', Buffer.alloc(0))

/** Asks to prepare the one statement of a connection; the types of its parameters are left to its own casts. */
export const prepareMessage = (text: string): Buffer =>
  Buffer.concat([messageOf('P', Buffer.from(`${statementName}${text}\0\0\0`)), sync])

/** All rows of the portal that was bound last, then the end of the question. */
const executeAll = Buffer.concat([messageOf('E', Buffer.alloc(5)), sync])

/** Whether each column comes in binary form. */
const formatsOf = (binary: boolean[]): Buffer => {
  const formats = Buffer.alloc(2 + 2 * binary.length)
  formats.writeInt16BE(binary.length, 0)
  for (const [index, one] of binary.entries()) formats.writeInt16BE(one ? 1 : 0, 2 + 2 * index)
  return formats
}

/** Makes the messages that ask the statement, with parameters as texts: bind, execute, sync in one piece. */
export function askMessages(binary: boolean[]): (parameters: string[]) => Buffer {
  const tail = Buffer.concat([formatsOf(binary), executeAll])
  // No portal name, the statement's name, no formats of parameters.
  const front = Buffer.concat([Buffer.from(`\0${statementName}`), Buffer.alloc(2)])
  return (parameters) => {
    let size = headBytes + front.length + 2
    for (const one of parameters) size += 4 + Buffer.byteLength(one)
    const bytes = Buffer.allocUnsafe(size + tail.length)
    bytes.write('B', 0, 'latin1')
    bytes.writeInt32BE(size + tail.length - executeAll.length - 1, 1)
    front.copy(bytes, headBytes)
    let at = bytes.writeInt16BE(parameters.length, headBytes + front.length)
    for (const one of parameters) {
      const length = bytes.write(one, at + 4)
      bytes.writeInt32BE(length, at)
      at += 4 + length
    }
    tail.copy(bytes, at)
    return bytes
  }
}

/** Cuts a stream of bytes into messages: type, and where its content begins in the bytes. */
export function messageReader(take: (type: number, bytes: Buffer, at: number) => void) {
  let waiting: Buffer[] = []
  let size = 0
  let needed = headBytes
  return (chunk: Buffer): void => {
    waiting.push(chunk)
    size += chunk.length
    if (size < needed) return
    const bytes = waiting.length === 1 ? chunk : Buffer.concat(waiting, size)
    let at = 0
    needed = headBytes
    while (size - at >= headBytes) {
      const length = 1 + bytes.readInt32BE(at + 1)
      if (size - at < length) {
        needed = length
        break
      }
      take(bytes.readUInt8(at), bytes, at + headBytes)
      at += length
    }
    waiting = at < size ? [bytes.subarray(at)] : []
    size -= at
  }
}

/** The cells of a row one after the other. None of them is null. */
export class Cells {
  private bytes: Buffer = Buffer.alloc(0)
  private at = 0

  /** @param at where the row's message begins. */
  open(bytes: Buffer, at: number): this {
    this.bytes = bytes
    // Past the number of columns.
    this.at = at + 2
    return this
  }

  /** An int4 in binary form. */
  int4(): number {
    const value = this.bytes.readInt32BE(this.at + 4)
    this.at += 8
    return value
  }

  text(): string {
    const start = this.at + 4
    this.at = start + this.bytes.readInt32BE(this.at)
    return this.bytes.toString('utf8', start, this.at)
  }
}

/** What an error message says: its fields, each a letter and a text that ends with a zero. */
export function errorText(bytes: Buffer, at: number): string {
  const fields = bytes.toString('utf8', at, bytes.indexOf('\0\0', at)).split('\0')
  return fields.find((field) => field.startsWith('M'))?.slice(1) ?? 'no reason given'
}
