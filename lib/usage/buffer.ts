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

const holder = () => singleton<{ buffer: Buffer }>('usageBuffer', () => ({ buffer: new Map() }))

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
  const { buffer } = holder()
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
  } else {
    counts.set(targets, { minute, consumerKind, consumerId, side, targets, reads: 1, cells })
  }
}

/** Everything counted since the last call. */
export function takeCounts(): Count[] {
  const state = holder()
  const taken = state.buffer
  state.buffer = new Map()
  return [...taken.values()].flatMap((counts) => [...counts.values()])
}

/** Gives counts back that could not be written. */
export function returnCounts(counts: Count[]): void {
  const { buffer } = holder()
  for (const count of counts) {
    const key = `${count.minute} ${count.side} ${count.consumerKind} ${count.consumerId}`
    const present = buffer.get(key) ?? new Map<readonly ReadTarget[], Count>()
    const same = present.get(count.targets)
    if (same) {
      same.reads += count.reads
      same.cells += count.cells
    } else present.set(count.targets, count)
    buffer.set(key, present)
  }
}
