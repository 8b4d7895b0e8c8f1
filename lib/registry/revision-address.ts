/** One revision of a version: `2.1` is the first revision of version 2. */
export interface RevisionAddress {
  major: number
  revision: number
}

const greatest = 2_147_483_647
const addressPattern = /^([1-9]\d{0,9})(?:\.([1-9]\d{0,9}))?$/

export const formatAddress = ({ major, revision }: RevisionAddress): string => `${major}.${revision}`

/** Reads `2` (its newest revision: null) or `2.1`; null when the text is neither. */
export function parseAddress(text: string): { major: number; revision: number | null } | null {
  const match = addressPattern.exec(text)
  if (!match) return null
  const [major, revision] = [Number(match[1]), match[2] === undefined ? null : Number(match[2])]
  return major > greatest || (revision ?? 0) > greatest ? null : { major, revision }
}
