/** The next TCP port on 127.0.0.1 that nobody listens on. */
export function findFreePort(from: number): Promise<number>
