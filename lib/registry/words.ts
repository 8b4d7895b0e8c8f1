/**
 * The words of a name: its parts between separators, and within a part those that case or digits divide.
 * `meanDelay_7d` → meandelay, mean, delay, 7d, 7, d.
 */
export function wordsOfName(name: string): string[] {
  const words = name.split(/[^\p{L}\p{N}]+/u).flatMap((part) => {
    const inner = part.match(/\p{Lu}?\p{Ll}+|\p{Lu}+(?!\p{Ll})|\p{N}+|[^\p{Lu}\p{Ll}\p{N}]+/gu) ?? []
    return inner.length > 1 ? [part, ...inner] : [part]
  })
  return [...new Set(words.map((word) => word.toLowerCase()).filter((word) => word !== ''))]
}
