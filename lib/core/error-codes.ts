const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''

/** The codes that a failure and its causes carry: PostgreSQL's, the socket's, Node's. */
export function errorCodes(error: unknown): string[] {
  const found: string[] = []
  for (let at = error; at instanceof Error && found.length < 5; at = at.cause) found.push(codeOf(at))
  return found
}

/** PostgreSQL's words for a transaction that it ended because another one was in its way: the same may work again. */
const inTheWay = new Set(['40001', '40P01'])

/** Whether PostgreSQL undid the transaction for the sake of another one. */
export const wasInTheWay = (error: unknown): boolean => errorCodes(error).some((code) => inTheWay.has(code))
