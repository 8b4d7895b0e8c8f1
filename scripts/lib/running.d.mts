export function noteRunning(portal: { pid: number; port: number; home: string }): () => void
export function runningPortals(): { pid: number; port: number; home: string }[]
export function refuseWhileRunning(what: string): void
