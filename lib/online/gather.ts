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
const mostRunning = 2
const patienceMilliseconds = 2

function gathered<P, T>(plan: P, withTime: boolean): Gathered<P, T> {
  let begin: Gathered<P, T>['begin'] = () => {}
  const answer = new Promise<T>((resolve) => {
    begin = resolve
  })
  return { plan, withTime, keys: new Set(), answer, begin }
}

/**
 * Asks a source for keys, perhaps together with others': a question hardly costs more for a few keys more. Those that
 * find no question under way go at once; while two are, what comes waits for one of them to end, though not for long,
 * and goes together.
 */
export function gathering<P, L, T>({ ask, make }: Source<P, L, T>) {
  let running = 0
  let open: Gathered<P, T>[] = []
  let patience: NodeJS.Timeout | undefined

  const runOpen = () => {
    clearTimeout(patience)
    const all = open
    open = []
    for (const { plan, withTime, keys, begin } of all) begin(run(plan, [...keys], withTime))
  }
  const end = () => {
    running--
    if (open.length > 0) runOpen()
  }
  const run = (plan: P, keys: string[], withTime: boolean): Promise<T> => {
    running++
    return ask(plan, keys, withTime).then(
      (lines) => {
        end()
        return make(plan, lines)
      },
      (error: unknown) => {
        end()
        throw error
      },
    )
  }
  return (plan: P, keys: string[], withTime: boolean): Promise<T> => {
    if (keys.length > mostKeysOfOne) return ask(plan, keys, withTime).then((lines) => make(plan, lines))
    if (running < mostRunning) return run(plan, keys, withTime)
    let one = open.find(
      (other) => other.plan === plan && other.withTime === withTime && other.keys.size < mostKeysOfAll,
    )
    if (!one) {
      one = gathered(plan, withTime)
      if (open.push(one) === 1) patience = setTimeout(runOpen, patienceMilliseconds)
    }
    for (const key of keys) one.keys.add(key)
    return one.answer
  }
}
