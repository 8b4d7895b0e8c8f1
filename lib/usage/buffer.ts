import type { Actor } from '@/lib/core/context'
import { singleton } from '@/lib/core/singleton'

/** One feature as it is read. The arrays of them are made once a plan and counted by identity. */
export interface ReadTarget {
  groupName: string
  version: number
  feature: string
  environment: string
}

export type ReadSide = 'online' | 'offline'

interface Count {
  minute: number
  consumerKind: string
  consumerId: string
  side: ReadSide
  targets: readonly ReadTarget[]
  reads: number
  cells: number
}

type Buffer = Map<string, Map<readonly ReadTarget[], Count>>

interface Holder {
  buffer: Buffer
  /** Counts in the buffer. */
  size: number
  /** Reads that found the buffer full. */
  lost: number
}

const holder = () => singleton<Holder>('usageBuffer', () => ({ buffer: new Map(), size: 0, lost: 0 }))

/** A minute of the busiest portal; reached only while the database cannot be written, when memory matters more. */
const mostCounts = 50_000

const consumerOf = (actor: Actor): { consumerKind: string; consumerId: string } =>
  actor.kind === 'apiKey'
    ? { consumerKind: 'key', consumerId: actor.keyId }
    : { consumerKind: actor.kind, consumerId: actor.id }

/**
 * Counts one read of all `targets` with `cells` values each. Costs two map look-ups: call it on the hot path, always
 * with the plan's own array. Written by the flush within a second.
 */
export function countReads(
  actor: Actor,
  side: ReadSide,
  targets: readonly ReadTarget[],
  cells: number,
  nowMilliseconds: number,
): void {
  const state = holder()
  const { buffer } = state
  const minute = Math.floor(nowMilliseconds / 60_000)
  const { consumerKind, consumerId } = consumerOf(actor)
  const key = `${minute} ${side} ${consumerKind} ${consumerId}`
  let counts = buffer.get(key)
  if (!counts) {
    counts = new Map()
    buffer.set(key, counts)
  }
  const count = counts.get(targets)
  if (count) {
    count.reads++
    count.cells += cells
  } else if (state.size < mostCounts) {
    state.size++
    counts.set(targets, { minute, consumerKind, consumerId, side, targets, reads: 1, cells })
  } else state.lost++
}

/** Reads that were not counted since the last call, because the buffer was full. */
export function takeLost(): number {
  const state = holder()
  const { lost } = state
  state.lost = 0
  return lost
}

/** Everything counted since the last call. */
export function takeCounts(): Count[] {
  const state = holder()
  const taken = state.buffer
  state.buffer = new Map()
  state.size = 0
  return [...taken.values()].flatMap((counts) => [...counts.values()])
}

/** Gives counts back that could not be written. */
export function returnCounts(counts: Count[]): void {
  const state = holder()
  const { buffer } = state
  for (const count of counts) {
    const key = `${count.minute} ${count.side} ${count.consumerKind} ${count.consumerId}`
    const present = buffer.get(key) ?? new Map<readonly ReadTarget[], Count>()
    const same = present.get(count.targets)
    if (same) {
      same.reads += count.reads
      same.cells += count.cells
    } else {
      state.size++
      present.set(count.targets, count)
    }
    buffer.set(key, present)
  }
}
