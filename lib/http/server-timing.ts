/** The value of Server-Timing: how long the portal needed, for browsers' tools and the page that reads a key. */
export const serverTiming = (startedMs: number) => `app;dur=${(performance.now() - startedMs).toFixed(1)}`
