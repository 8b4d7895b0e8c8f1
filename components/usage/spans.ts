/** How far the pages of usage look back; a day by its hours. */
export const usageSpans = [
  { id: '24h', label: '24 hours', bucket: 'hour', count: 24 },
  { id: '7d', label: '7 days', bucket: 'day', count: 7 },
  { id: '30d', label: '30 days', bucket: 'day', count: 30 },
  { id: '90d', label: '90 days', bucket: 'day', count: 90 },
] as const
export type UsageSpan = (typeof usageSpans)[number]

const stepMs = { day: 86_400_000, hour: 3_600_000 }

/** The span that an address names, else the one of `usual`. */
export const spanOf = (asked: string | undefined, usual: UsageSpan['id']): UsageSpan =>
  usageSpans.find(({ id }) => id === asked) ?? usageSpans.find(({ id }) => id === usual) ?? usageSpans[0]

/** The instant at which its first bucket begins, so that the present one is its last. */
export const spanStart = ({ bucket, count }: UsageSpan, now: Date): string =>
  new Date(now.getTime() - (count - 1) * stepMs[bucket]).toISOString()
