import { addDays } from './calendar'

const firstCustomer = 1001
const customers = 500
const firstDay = '2023-01-01'
const days = 181
const seed = 20230101
const quietAfterDays = 30

export interface Engagement {
  customer_id: number
  interaction_date: string
  num_logins: number
  avg_session_duration: number
}

export interface Churn {
  customer_id: number
  as_of: string
  churned: boolean
}

/** A uniform number in [0, 1) that depends on nothing but the seed and its three arguments (murmur3's finaliser). */
function uniform(customer: number, day: number, draw: number): number {
  let h =
    seed ^ Math.imul(customer, 0x9e3779b1) ^ Math.imul(day + 1, 0x85ebca6b) ^ Math.imul(draw + 1, 0xc2b2ae35)
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return ((h ^ (h >>> 16)) >>> 0) / 2 ** 32
}

interface Habit {
  /** Chance of being seen on a day. */
  activity: number
  logins: number
  minutes: number
  /** Day from which the customer is gone; infinite for those who stay. */
  goneFrom: number
}

function habitOf(customer: number): Habit {
  const leaves = uniform(customer, -1, 3) < 0.3
  return {
    activity: 0.15 + 0.5 * uniform(customer, -1, 0),
    logins: 1 + 5 * uniform(customer, -1, 1),
    minutes: 4 + 20 * uniform(customer, -1, 2),
    goneFrom: leaves ? 45 + Math.floor(136 * uniform(customer, -1, 4)) : Number.POSITIVE_INFINITY,
  }
}

/** Fades from 1 to 0 over the 30 days before a customer is gone. */
const interest = (habit: Habit, day: number) =>
  Math.max(0, Math.min(1, (habit.goneFrom - day) / quietAfterDays))

function engagementOn(customer: number, day: number, habit: Habit): Engagement | null {
  const fade = interest(habit, day)
  if (uniform(customer, day, 0) >= habit.activity * fade) return null
  return {
    customer_id: customer,
    interaction_date: addDays(firstDay, day),
    num_logins: 1 + Math.floor(habit.logins * fade * 2 * uniform(customer, day, 1)),
    avg_session_duration:
      Math.round(habit.minutes * (0.5 + uniform(customer, day, 2)) * (0.4 + 0.6 * fade) * 10) / 10,
  }
}

/** All engagement, by day and customer: January to June 2023, 500 customers, the same on every machine. */
export function engagementHistory(): Engagement[] {
  const habits = Array.from({ length: customers }, (_, index) => habitOf(firstCustomer + index))
  const history: Engagement[] = []
  for (let day = 0; day < days; day++) {
    habits.forEach((habit, index) => {
      const engagement = engagementOn(firstCustomer + index, day, habit)
      if (engagement) history.push(engagement)
    })
  }
  return history
}

const labelDays = ['2023-02-01', '2023-03-01', '2023-04-01', '2023-05-01', '2023-05-31']

/**
 * The label: at each of five dates, for each customer seen in the 30 days up to it, whether none of the following
 * 30 days brought an interaction.
 */
export function churnHistory(history: Engagement[]): Churn[] {
  const seen = new Map<number, string[]>()
  for (const { customer_id: customer, interaction_date: day } of history) {
    const of = seen.get(customer)
    if (of) of.push(day)
    else seen.set(customer, [day])
  }
  const between = (of: string[], after: string, until: string) =>
    of.some((day) => day > after && day <= until)
  return labelDays.flatMap((asOf) =>
    [...seen]
      .filter(([, of]) => between(of, addDays(asOf, -quietAfterDays), asOf))
      .map(([customer, of]) => ({
        customer_id: customer,
        as_of: asOf,
        churned: !between(of, asOf, addDays(asOf, quietAfterDays)),
      }))
      .sort((a, b) => a.customer_id - b.customer_id),
  )
}

/** Rows as CSV with a header; values hold neither quotes nor commas. */
export function toCsv(rows: readonly object[]): string {
  const [first] = rows
  if (!first) return ''
  const lines = rows.map((row) => Object.values(row).join(','))
  return [Object.keys(first).join(','), ...lines, ''].join('\n')
}

/** The formula in words, for the page. */
export const engagementFormula =
  'Generated data, no real customers: 500 customers, 1 January to 30 June 2023, from a fixed seed. Each customer has a chance of 15 to 65 % of being seen on a day, 1 to 12 logins and sessions of 4 to 24 minutes, ±50 %; three in ten leave on a day after mid-February, and all three numbers fade over the 30 days before.'
