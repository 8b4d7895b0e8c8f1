/** A value as one text, whatever the order of its members; only to be compared, since it is not always JSON. */
export const stableText = (value: unknown): string =>
  JSON.stringify(value, (_, member: unknown) => {
    if (typeof member === 'bigint') return `${member}n`
    if (member === null || typeof member !== 'object' || Array.isArray(member)) return member ?? null
    return Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
  }) ?? 'null'
