import { singleton } from '@/lib/core/singleton'
import type { ServingVersion } from '@/lib/registry'
import type { AnswerColumn } from './assemble'
import type { ServingPlan } from './serving-plan'

/** What one read was answered of one version: per feature some of its values, as JSON texts. */
export interface ServedValues {
  version: ServingVersion
  atMs: number
  columns: { name: string; values: string[] }[]
}

interface Sample {
  /** Null while nobody takes samples. */
  held: ServedValues[] | null
  cells: number
  /** When a plan's answers were last looked at. */
  seen: WeakMap<ServingPlan, number>
}

/** Of each plan one read in a tenth of a second, and of it so many rows: the hot path stays what it is. */
const betweenMilliseconds = 100
const rowsARead = 20
const mostCells = 50_000

const sample = () => singleton<Sample>('servedSample', () => ({ held: null, cells: 0, seen: new WeakMap() }))

/** Keeps some of an answer for who profiles what is served; full, it lets later ones go. */
export function sampleServed(plan: ServingPlan, columns: readonly AnswerColumn[], atMs: number): void {
  const state = sample()
  if (state.held === null || state.cells > mostCells) return
  const last = state.seen.get(plan)
  if (last !== undefined && atMs - last < betweenMilliseconds) return
  state.seen.set(plan, atMs)
  for (const [place, { cuts }] of plan.views.entries()) {
    const version = plan.versions[place]
    if (!version) continue
    const names = new Map(version.features.map((feature) => [feature.position, feature.name]))
    const served = cuts.flatMap(({ position, column }) => {
      const name = names.get(position)
      const values = columns[column]?.values
      return name === undefined || !values ? [] : [{ name, values: someOf(values) }]
    })
    state.held.push({ version, atMs, columns: served })
    for (const { values } of served) state.cells += values.length
  }
}

/** Evenly chosen: keys often come in an order. */
function someOf(values: readonly string[]): string[] {
  const step = Math.max(1, values.length / rowsARead)
  const taken = Math.min(values.length, rowsARead)
  return Array.from({ length: taken }, (_, i) => values[Math.floor(i * step)] ?? 'null')
}

/** Begins or ends the sampling; what is held at the end is let go. */
export function keepServed(isKept: boolean): void {
  const state = sample()
  state.held = isKept ? (state.held ?? []) : null
  if (!isKept) state.cells = 0
}

/** What was sampled since the last call. */
export function takeServed(): ServedValues[] {
  const state = sample()
  const taken = state.held ?? []
  if (state.held) state.held = []
  state.cells = 0
  return taken
}
