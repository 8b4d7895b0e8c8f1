import type { Via } from '@/lib/core/context'
import { type Problem, toProblem, type Where } from './problem'

/** What a foreign interface has of its own: a name in the audit log, and a way to say what failed. */
export interface Wire {
  /** Null: as the caller came. */
  via: Via | null
  failure: (error: unknown, where: Where) => Problem
}

/** The product's own interface: problem documents. */
export const ownWire: Wire = { via: null, failure: toProblem }
