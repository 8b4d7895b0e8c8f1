/** A member whose name stood in its object before, by the path to it: names and places in arrays. */
export type JsonPath = (string | number)[]

const quote = 34
const colon = 58
const openBrace = 123
const openBracket = 91
const closeBrace = 125
const closeBracket = 93
const comma = 44

/** Index of the quote that ends the string opened at `start`. The text is JSON. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end !== -1; end = text.indexOf('"', end + 1)) {
    let backslashes = 0
    while (text.charCodeAt(end - 1 - backslashes) === 92) backslashes++
    if (backslashes % 2 === 0) return end
  }
  return text.length
}

/** Members that a JSON text writes, those that stand twice counted twice: one colon each. */
export function writtenMembers(text: string): number {
  let members = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === quote) at = endOfString(text, at)
    else if (code === colon) members++
  }
  return members
}

/** Members of a parsed value and of all that is in it. */
export function parsedMembers(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  let members = 0
  if (Array.isArray(value)) {
    for (const item of value) if (typeof item === 'object') members += parsedMembers(item)
    return members
  }
  for (const item of Object.values(value)) {
    members++
    if (typeof item === 'object') members += parsedMembers(item)
  }
  return members
}

interface Open {
  /** Null for an array. */
  names: Set<string> | null
  place: string | number
}

/** Finds the members that stand twice in an object of a JSON text, in their order. Slow; the text is JSON. */
export function repeatedMembers(text: string): JsonPath[] {
  const found: JsonPath[] = []
  const open: Open[] = []
  let awaitsName = false
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    const inner = open.at(-1)
    if (code === openBrace || code === openBracket) {
      open.push({ names: code === openBrace ? new Set() : null, place: code === openBrace ? '' : 0 })
      awaitsName = code === openBrace
    } else if (code === closeBrace || code === closeBracket) {
      open.pop()
      awaitsName = false
    } else if (code === comma && inner) {
      if (typeof inner.place === 'number') inner.place++
      awaitsName = inner.names !== null
    } else if (code === quote) {
      const end = endOfString(text, at)
      if (awaitsName && inner?.names) {
        // Escapes may spell one name in two ways.
        const name = String(JSON.parse(text.slice(at, end + 1)))
        inner.place = name
        if (inner.names.has(name)) found.push(open.map(({ place }) => place))
        inner.names.add(name)
        awaitsName = false
      }
      at = end
    }
  }
  return found
}
