export function isAlive(pid: number): boolean
export function lastTurn(file: string): { turn: number; isOpen: boolean }
export function takeTurn(file: string, turn: number): string | null
export function withLock<T>(
  file: string,
  work: () => Promise<T>,
  options?: { waitSeconds?: number; onWait?: () => void },
): Promise<T>
