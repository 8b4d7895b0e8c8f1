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

export interface Count {
  minute: number
  consumerKind: string
  consumerId: string
  side: ReadSide
  targets: readonly ReadTarget[]
  reads: number
  cells: number
}

/** By what is read, and by who reads it: no text is made for a read that is one more of its kind. */
type Running = Map<readonly ReadTarget[], Map<string, Count>>

interface Holder {
  running: Record<ReadSide, Running>
  /** Of a minute that has passed, and what could not be written. */
  ended: Count[]
  /** Counts that are held. */
  size: number
  /** Rows that writing them would touch. */
  lines: number
  /** Reads that found the buffer full. */
  lost: number
}

const emptied = () => ({
  running: { online: new Map(), offline: new Map() },
  ended: [],
  size: 0,
  lines: 0,
})
const holder = () => singleton<Holder>('usageBuffer', () => ({ ...emptied(), lost: 0 }))

/** A minute of the busiest portal; reached only while the database cannot be written, when memory matters more. */
const mostCounts = 50_000

/**
 * Counts one read of all `targets` with `cells` values each. Costs two map look-ups: call it on the hot path, always
 * with the plan's own array. Written by the flush within seconds.
 */
export function countReads(
  actor: Actor,
  side: ReadSide,
  targets: readonly ReadTarget[],
  cells: number,
  nowMilliseconds: number,
): void {
  // What the portal reads for itself, the daily look at the examples among it, is nobody’s use of a feature.
  if (actor.kind === 'system') return
  const state = holder()
  const minute = Math.floor(nowMilliseconds / 60_000)
  const isKey = actor.kind === 'apiKey'
  const consumerId = isKey ? actor.keyId : actor.id
  const counts = state.running[side].get(targets) ?? new Map<string, Count>()
  const count = counts.get(consumerId)
  if (count?.minute === minute) {
    count.reads++
    count.cells += cells
    return
  }
  if (state.size >= mostCounts) {
    state.lost++
    return
  }
  if (count) state.ended.push(count)
  const consumerKind = isKey ? 'key' : actor.kind
  counts.set(consumerId, { minute, consumerKind, consumerId, side, targets, reads: 1, cells })
  state.running[side].set(targets, counts)
  state.size++
  state.lines += targets.length
}

/** Reads that were not counted since the last call, because the buffer was full. */
export function takeLost(): number {
  const state = holder()
  const { lost } = state
  state.lost = 0
  return lost
}

/** How many rows it would touch to write what is counted. */
export const linesHeld = (): number => holder().lines

/** Everything counted since the last call. */
export function takeCounts(): Count[] {
  const state = holder()
  const { running, ended } = state
  Object.assign(state, emptied())
  const both = [...running.online.values(), ...running.offline.values()]
  return [...ended, ...both.flatMap((counts) => [...counts.values()])]
}

/** Gives counts back that could not be written. */
export function returnCounts(counts: Count[]): void {
  const state = holder()
  state.size += counts.length
  for (const count of counts) {
    state.ended.push(count)
    state.lines += count.targets.length
  }
}
