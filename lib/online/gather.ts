interface Gathered<P, T> {
  plan: P
  withTime: boolean
  keys: Set<string>
  answer: Promise<T>
  begin: (answer: Promise<T>) => void
}

interface Source<P, L, T> {
  ask: (plan: P, keys: string[], withTime: boolean) => Promise<L>
  /** What one question brought, made once for all who share it. */
  make: (plan: P, lines: L) => T
}

/** A read of more keys gains nothing by company. */
const mostKeysOfOne = 20
const mostKeysOfAll = 200

function gathered<P, T>(plan: P, withTime: boolean): Gathered<P, T> {
  let begin: Gathered<P, T>['begin'] = () => {}
  const answer = new Promise<T>((resolve) => {
    begin = resolve
  })
  return { plan, withTime, keys: new Set(), answer, begin }
}

/**
 * Asks a source for keys, perhaps together with others': a question hardly costs more for a few keys more. The first
 * one goes at once; those that come while one is under way, and meet in one turn of the event loop, go together. To
 * wait longer, for a question to end, was measured slower: the database then waits for us.
 */
export function gathering<P, L, T>({ ask, make }: Source<P, L, T>) {
  let running = 0
  let open: Gathered<P, T>[] = []

  const run = (plan: P, keys: string[], withTime: boolean): Promise<T> => {
    running++
    return ask(plan, keys, withTime).then(
      (lines) => {
        running--
        return make(plan, lines)
      },
      (error: unknown) => {
        running--
        throw error
      },
    )
  }
  const runOpen = () => {
    const all = open
    open = []
    for (const { plan, withTime, keys, begin } of all) begin(run(plan, [...keys], withTime))
  }
  return (plan: P, keys: string[], withTime: boolean): Promise<T> => {
    if (running === 0 || keys.length > mostKeysOfOne) return run(plan, keys, withTime)
    let one = open.find(
      (other) => other.plan === plan && other.withTime === withTime && other.keys.size < mostKeysOfAll,
    )
    if (!one) {
      one = gathered(plan, withTime)
      if (open.push(one) === 1) setImmediate(runOpen)
    }
    for (const key of keys) one.keys.add(key)
    return one.answer
  }
}
