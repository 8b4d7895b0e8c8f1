export interface SnoozeChoice {
  label: string
  until: Date
}

const hour = 3_600_000

const morningOf = (now: Date, days: number) => {
  const day = new Date(now)
  day.setDate(day.getDate() + days)
  day.setHours(8, 0, 0, 0)
  return day
}

/** When somebody wants to see it again, in their own time of day: mornings are at eight. */
export function snoozeChoices(now: Date): SnoozeChoice[] {
  const daysToMonday = (8 - now.getDay()) % 7 || 7
  return [
    { label: 'For three hours', until: new Date(now.getTime() + 3 * hour) },
    { label: 'Until tomorrow morning', until: morningOf(now, 1) },
    { label: 'Until Monday morning', until: morningOf(now, daysToMonday) },
    { label: 'For a month', until: morningOf(now, 30) },
  ]
}
