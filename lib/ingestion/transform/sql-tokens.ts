/** What SQL says nothing with: strings, quoted names and comments. */
const silent = String.raw`[eE]'(?:[^'\\]|\\.|'')*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|/\*[\s\S]*?\*/`

/** Finds `pattern` outside strings, quoted names and comments; its groups are undefined where those matched. */
export const outsideText = (pattern: string, flags = 'g'): RegExp => new RegExp(`${silent}|${pattern}`, flags)
