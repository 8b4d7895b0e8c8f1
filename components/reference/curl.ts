interface Call {
  method: string
  path: string
  isPublic: boolean
  needsMatch: boolean
  /** Names of query parameters that cannot be left out. */
  requiredQuery: readonly string[]
  body: { contentType: string; example: string | null } | null
}

/** `{name}` → `NAME`: what the reader puts in. */
const filled = (path: string) => path.replaceAll(/\{([^}]+)\}/g, (_, name: string) => name.toUpperCase())

const singleQuoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`

/** A request as a line of shell; `ALMANAC_URL` and `ALMANAC_KEY` are set beforehand. */
export function curlOf({ method, path, isPublic, needsMatch, requiredQuery, body }: Call): string {
  const query = requiredQuery.map((name) => `${name}=${name.toUpperCase()}`).join('&')
  const url = `"$ALMANAC_URL${filled(path)}${query === '' ? '' : `?${query}`}"`
  const parts = [
    `curl -s${method === 'GET' ? '' : ` -X ${method}`} ${url}`,
    ...(isPublic ? [] : ['-H "Authorization: Bearer $ALMANAC_KEY"']),
    ...(needsMatch ? [`-H 'If-Match: *'`] : []),
    ...(body ? [`-H "Content-Type: ${body.contentType}"`] : []),
    ...(body ? [body.example === null ? '--data-binary @FILE' : `-d ${singleQuoted(body.example)}`] : []),
  ]
  return parts.join(' \\\n  ')
}
