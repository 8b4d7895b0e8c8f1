/** What a pipeline may go by; 2, as everywhere, is a call that is not understood. */
export const exitCodes = {
  /** Nothing to do, or done. */
  done: 0,
  /** Files that are not valid, an act that is refused, a portal that is not reached. */
  failed: 1,
  /** A plan with changes, none of them breaking. */
  changes: 10,
  /** A plan with a breaking change. */
  breaking: 11,
  /** Applied; something waits for a second person. */
  waits: 12,
  /** Left by Ctrl-C while its job goes on. */
  interrupted: 130,
} as const
