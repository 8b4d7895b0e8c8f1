import { connect, type Socket } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { logger } from '@/lib/core/logger'
import { openClient, whenClosing } from './client'
import {
  askMessages,
  Cells,
  errorText,
  messageReader,
  messageType,
  prepareMessage,
} from './postgres-messages'

/** The one statement that its connections know. */
export interface DirectStatement {
  /** Its parameters are given as texts; none of its columns is null. */
  text: string
  /** Whether each column comes in binary form. */
  binary: boolean[]
}

/** A question: how a row of its answer is read, and who is asked where no connection could answer. */
export interface DirectQuestion<R> {
  parameters: string[]
  row: (cells: Cells) => R
  otherwise: () => Promise<R[]>
}

interface Asked {
  take: (cells: Cells) => void
  done: () => void
  fail: () => void
}

interface Connection {
  asked: Asked[]
  write: (bytes: Buffer) => void
}

const connections = 4
const retryMilliseconds = 1000

/** Speaks on a socket that postgres.js has opened and signed in on, and listens no more to. */
function connectionOn(socket: Socket, onLost: (reason: string) => void): Connection {
  const asked: Asked[] = []
  const cells = new Cells()
  let fault = ''
  const read = messageReader((type, bytes, at) => {
    if (type === messageType.dataRow) asked[0]?.take(cells.open(bytes, at))
    else if (type === messageType.error) fault = errorText(bytes, at)
    else if (type === messageType.ready && fault !== '') socket.destroy()
    else if (type === messageType.ready) asked.shift()?.done()
  })
  socket.removeAllListeners('data')
  socket.on('data', (chunk: Buffer) => {
    try {
      read(chunk)
    } catch (error) {
      fault = String(error)
      socket.destroy()
    }
  })
  socket.once('close', () => {
    onLost(fault)
    for (const { fail } of asked.splice(0)) fail()
  })
  return { asked, write: (bytes) => void socket.write(bytes) }
}

function prepared(connection: Connection, text: string): Promise<void> {
  connection.write(prepareMessage(text))
  return new Promise((resolve, reject) => {
    const fail = () => reject(new Error('The statement could not be prepared.'))
    connection.asked.push({ take: () => {}, done: resolve, fail })
  })
}

/** Where a connection is, or will be again when it was lost. */
interface Slot {
  current: Connection | null
  end: () => Promise<void>
}

function slotOf({ text }: DirectStatement): Slot {
  const opened: { socket?: Socket } = {}
  const client = openClient(({ host, port, path }) => {
    opened.socket = path ? connect(path) : connect({ host: host[0], port: port[0] ?? 5432, noDelay: true })
    return opened.socket
  })
  let isEnded = client === null
  const slot: Slot = {
    current: null,
    end: async () => {
      isEnded = true
      await client?.end({ timeout: 5 })
    },
  }
  const onLost = (reason: string) => {
    if (slot.current === null || isEnded) return
    logger().warn({ reason }, 'a connection for online reads was lost')
    slot.current = null
    void keepOpening()
  }
  const open = async () => {
    await client?.unsafe('select 1')
    if (!opened.socket) return
    const connection = connectionOn(opened.socket, onLost)
    await prepared(connection, text)
    slot.current = connection
  }
  const keepOpening = async () => {
    while (!isEnded && slot.current === null) {
      await open().catch((error: unknown) => logger().debug({ err: error }, 'no connection for online reads'))
      if (slot.current === null) await wait(retryMilliseconds, undefined, { ref: false })
    }
  }
  void keepOpening()
  return slot
}

const leastBusy = (slots: Slot[]): Connection | null => {
  let least: Connection | null = null
  for (const { current } of slots)
    if (current && (least === null || current.asked.length < least.asked.length)) least = current
  return least
}

/**
 * Asks one statement, and nothing else, on connections of its own, in PostgreSQL's own messages: for reads so small that
 * postgres.js costs them more than the database does. It opens the connections, and answers while there are none and
 * where they are encrypted, since it then keeps the socket to itself.
 */
export function directReads(statement: DirectStatement) {
  const messages = askMessages(statement.binary)
  let slots: Slot[] | null = null
  const opened = () => {
    const made = Array.from({ length: connections }, () => slotOf(statement))
    whenClosing(async () => {
      slots = null
      await Promise.all(made.map(({ end }) => end()))
    })
    return made
  }
  return <R>({ parameters, row, otherwise }: DirectQuestion<R>): Promise<R[]> => {
    slots ??= opened()
    const connection = leastBusy(slots)
    if (!connection) return otherwise()
    return new Promise<R[]>((resolve, reject) => {
      const rows: R[] = []
      connection.asked.push({
        take: (cells) => rows.push(row(cells)),
        done: () => resolve(rows),
        fail: () => void otherwise().then(resolve, reject),
      })
      connection.write(messages(parameters))
    })
  }
}
