/** Lets a bounded number of runs through at once; the others wait in the order of their arrival. */
export class Gate {
  private readonly waiting: (() => void)[] = []
  private open: number

  constructor(
    private readonly capacity: number,
    private readonly mostWaiting: number,
  ) {
    this.open = capacity
  }

  get runningCount(): number {
    return this.capacity - this.open
  }

  get waitingCount(): number {
    return this.waiting.length
  }

  /** Resolves with a place, to be given back with `leave`; false when too many wait already or `signal` fires. */
  async enter(signal: AbortSignal): Promise<boolean> {
    if (signal.aborted) return false
    if (this.open > 0) {
      this.open--
      return true
    }
    if (this.waiting.length >= this.mostWaiting) return false
    return new Promise((resolve) => {
      const proceed = () => {
        signal.removeEventListener('abort', giveUp)
        resolve(true)
      }
      const giveUp = () => {
        const index = this.waiting.indexOf(proceed)
        if (index >= 0) this.waiting.splice(index, 1)
        resolve(false)
      }
      signal.addEventListener('abort', giveUp, { once: true })
      this.waiting.push(proceed)
    })
  }

  leave(): void {
    const next = this.waiting.shift()
    if (next) next()
    else this.open++
  }
}
