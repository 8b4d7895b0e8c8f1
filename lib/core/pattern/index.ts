import { type Assertion, PatternFault, type PatternNode, parsePattern } from './parse'
import { re2Of } from './re2'

export { PatternFault }

type State =
  | { kind: 'point'; matches: (codePoint: number) => boolean; next: number }
  | { kind: 'assertion'; assertion: Assertion; next: number }
  | { kind: 'split'; nexts: number[] }
  | { kind: 'end' }

const mostStates = 2000
/** States times characters for one value: some tens of milliseconds at worst. */
const mostSteps = 2_000_000

/** Writes a pattern out as states, from its end to its start. */
function statesOf(pattern: PatternNode): { states: State[]; start: number } {
  const states: State[] = [{ kind: 'end' }]
  let work = 0
  const add = (state: State) => states.push(state) - 1

  const repeat = ({ part, least, most }: Extract<PatternNode, { kind: 'repeat' }>, next: number): number => {
    let entry = next
    if (most === null) {
      const loop: State = { kind: 'split', nexts: [next] }
      entry = add(loop)
      loop.nexts.push(write(part, entry))
    } else {
      for (let i = least; i < most; i++) entry = add({ kind: 'split', nexts: [write(part, entry), next] })
    }
    for (let i = 0; i < least; i++) entry = write(part, entry)
    return entry
  }
  const write = (node: PatternNode, next: number): number => {
    if (++work > 4 * mostStates || states.length > mostStates)
      throw new PatternFault(`has more than ${mostStates} places when its repetitions are written out`)
    switch (node.kind) {
      case 'point':
      case 'assertion':
        return add({ ...node, next })
      case 'sequence':
        return node.parts.reduceRight((after, part) => write(part, after), next)
      case 'choice':
        return add({ kind: 'split', nexts: node.options.map((option) => write(option, next)) })
      case 'repeat':
        return repeat(node, next)
    }
  }
  return { start: write(pattern, 0), states }
}

const isWord = (codePoint: number): boolean =>
  (codePoint >= 97 && codePoint <= 122) ||
  (codePoint >= 65 && codePoint <= 90) ||
  (codePoint >= 48 && codePoint <= 57) ||
  codePoint === 95

/** Before the first and behind the last character. */
const outside = -1

function holds(assertion: Assertion, before: number, after: number): boolean {
  if (assertion === 'start') return before === outside
  if (assertion === 'end') return after === outside
  return (isWord(before) !== isWord(after)) === (assertion === 'boundary')
}

export interface LinearPattern {
  /** Whether the pattern matches somewhere in the text, as `RegExp.test` with the flag `u`. */
  test: (text: string) => boolean
  /** Longer texts (UTF-16 units) should not be tested. */
  longestText: number
  /** The same pattern for RE2; null where RE2 might answer otherwise or refuse it. */
  re2: string | null
}

/** RE2 bounds the memory of a compiled pattern; below this many states it is far from it. */
const mostStatesOfRe2 = 300

/**
 * A pattern whose time grows with its text and never faster: all ways through it are followed at once (Thompson,
 * "Regular Expression Search Algorithm", 1968). Throws PatternFault when it is no such pattern.
 */
export function linearPattern(source: string): LinearPattern {
  const pattern = parsePattern(source)
  const { states, start } = statesOf(pattern)
  const reachedAt = new Float64Array(states.length)
  let place = 0

  /** Follows all states that need no character; true when the end is among them. */
  const reach = (at: number, before: number, after: number, points: number[]): boolean => {
    if (reachedAt[at] === place) return false
    reachedAt[at] = place
    const state = states[at]
    if (!state || state.kind === 'end') return true
    if (state.kind === 'point') points.push(at)
    else if (state.kind === 'split') {
      for (const next of state.nexts) if (reach(next, before, after, points)) return true
    } else if (holds(state.assertion, before, after)) return reach(state.next, before, after, points)
    return false
  }
  const test = (text: string): boolean => {
    let waiting: number[] = []
    let before = outside
    for (let at = 0; ; at += before > 0xffff ? 2 : 1) {
      const after = text.codePointAt(at) ?? outside
      const points: number[] = []
      place++
      for (const next of waiting) if (reach(next, before, after, points)) return true
      if (reach(start, before, after, points)) return true
      if (after === outside) return false
      waiting = []
      for (const point of points) {
        const state = states[point]
        if (state?.kind === 'point' && state.matches(after)) waiting.push(state.next)
      }
      before = after
    }
  }
  return {
    test,
    longestText: Math.floor(mostSteps / states.length),
    re2: states.length <= mostStatesOfRe2 ? re2Of(pattern) : null,
  }
}
