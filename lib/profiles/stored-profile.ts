/** Stands for the whole group where a feature would be named: rows by day and week. No feature is named so. */
export const groupProfile = ''

/** One profile as it is kept. Instants are RFC 3339 with six digits; bounds null: open. */
export interface StoredProfile {
  id: string
  versionId: string
  environment: string
  feature: string
  windowStart: string | null
  windowEnd: string | null
  referenceId: string | null
  /** `created` of the newest commit that the numbers include. */
  asOf: string
  rows: number
  statistics: Record<string, unknown>
}

/** PostgreSQL's text of a timestamptz in UTC as RFC 3339 with six digits. */
export function instantOf(text: string): string {
  const [day = '', rest = ''] = text.split(/[ T]/)
  const [time = '', fraction = ''] = rest.replace(/(?:Z|\+00(?::?00)?)$/, '').split('.')
  return `${day}T${time}.${fraction.padEnd(6, '0')}Z`
}

export const instantOrNull = (text: string | null): string | null => (text === null ? null : instantOf(text))
