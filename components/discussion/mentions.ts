export interface Person {
  id: string
  name: string
}

/** What is typed of a name after an `@` right before the caret; null while nobody is being named. */
export function askedName(text: string, caret: number): string | null {
  const found = /(?:^|[\s(])@([\p{L}\p{N}'’-]*(?: [\p{L}\p{N}'’-]+)?)$/u.exec(text.slice(0, caret))
  return found?.[1] ?? null
}

/** Puts the whole name in place of what was typed of it; `caret` is where typing goes on. */
export function withName(text: string, caret: number, asked: string, name: string) {
  const start = caret - asked.length
  const before = `${text.slice(0, start)}${name} `
  return { text: before + text.slice(caret).replace(/^ /, ''), caret: before.length }
}

/** Those who are still named in the text. */
export const namedIn = (text: string, people: readonly Person[]): Person[] =>
  people.filter(({ name }) => text.includes(`@${name}`))

export interface Part {
  text: string
  isMention: boolean
}

/** The text in parts, names of those who are mentioned apart; longer names first. */
export function partsOf(text: string, mentions: readonly Person[]): Part[] {
  const names = mentions.map(({ name }) => `@${name}`).sort((a, b) => b.length - a.length)
  const parts: Part[] = []
  let rest = text
  while (rest !== '') {
    const at = names.reduce((first, name) => {
      const found = rest.indexOf(name)
      return found >= 0 && (first < 0 || found < first) ? found : first
    }, -1)
    const name = names.find((one) => at >= 0 && rest.startsWith(one, at))
    if (at < 0 || name === undefined) {
      parts.push({ text: rest, isMention: false })
      break
    }
    if (at > 0) parts.push({ text: rest.slice(0, at), isMention: false })
    parts.push({ text: name, isMention: true })
    rest = rest.slice(at + name.length)
  }
  return parts
}
