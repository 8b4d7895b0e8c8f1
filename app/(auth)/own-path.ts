/** Only a path of our own: an address from the query must not lead to another site. */
export function ownPath(wanted: unknown): string {
  if (typeof wanted !== 'string' || !wanted.startsWith('/')) return '/'
  const base = 'http://portal.invalid'
  if (!URL.canParse(wanted, base)) return '/'
  const url = new URL(wanted, base)
  return url.origin === base ? url.pathname + url.search + url.hash : '/'
}
