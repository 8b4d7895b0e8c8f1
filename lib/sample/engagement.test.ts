import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { churnHistory, engagementHistory, toCsv } from './engagement'

const history = engagementHistory()

describe('engagementHistory', () => {
  it('is the same on every machine', () => {
    const csv = toCsv(history)
    expect(csv.split('\n')[0]).toBe('customer_id,interaction_date,num_logins,avg_session_duration')
    expect(createHash('sha256').update(csv).digest('hex')).toBe(
      '766f056c089b36fcee09d870fe0aa73d0122be342710a85e16259257dc5bfaa6',
    )
  })

  it('holds 500 customers from January to June 2023, at most once a day each', () => {
    expect(new Set(history.map((row) => row.customer_id)).size).toBe(500)
    expect(history[0]?.interaction_date).toBe('2023-01-01')
    expect(history.at(-1)?.interaction_date).toBe('2023-06-30')
    expect(new Set(history.map((row) => `${row.customer_id} ${row.interaction_date}`)).size).toBe(
      history.length,
    )
    expect(history.every((row) => row.num_logins >= 1 && row.avg_session_duration > 0)).toBe(true)
  })
})

describe('churnHistory', () => {
  const labels = churnHistory(history)

  it('says churned exactly when no interaction follows within 30 days', () => {
    const days = new Map<number, typeof history>()
    for (const row of history) days.set(row.customer_id, [...(days.get(row.customer_id) ?? []), row])
    for (const { customer_id, as_of, churned } of labels) {
      const later = (days.get(customer_id) ?? []).filter(({ interaction_date }) => {
        const after = (Date.parse(interaction_date) - Date.parse(as_of)) / 86_400_000
        return after > 0 && after <= 30
      })
      expect(churned).toBe(later.length === 0)
    }
  })

  it('has both outcomes, and only dates whose 30 days lie inside the history', () => {
    const share = labels.filter((label) => label.churned).length / labels.length
    expect(share).toBeGreaterThan(0.02)
    expect(share).toBeLessThan(0.2)
    expect(labels.every(({ as_of }) => Date.parse(as_of) + 30 * 86_400_000 <= Date.parse('2023-06-30'))).toBe(
      true,
    )
  })
})
