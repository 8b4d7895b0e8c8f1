import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'
import { RowFaults } from '@/components/ingest/row-faults'
import { FaultSummary } from './fault-summary'

describe('faults', () => {
  it('of rows show names in mono, not between back-ticks', () => {
    const fault = {
      pointer: '/rows/1/n',
      reason: '`n` must be an integer',
      code: 'type',
      row: 2,
      column: 'n',
    }
    const html = renderToStaticMarkup(<RowFaults faults={[fault]} />)
    expect(html).not.toContain('`')
    expect(html).toMatch(/<code[^>]*>n<\/code> must be an integer/)
  })

  it('of a form are told beside the button by the words of their fields', () => {
    const fields = { tags: 'holds at most 20', 'features.2.type': 'is no type', other: 'is odd' }
    const labels = { tags: 'Tags', features: 'Features' }
    const html = renderToStaticMarkup(<FaultSummary title="Not registered" fields={fields} labels={labels} />)
    expect(html).toContain('role="alert"')
    for (const line of ['Tags: holds at most 20', 'Features, line 3: is no type', 'other: is odd'])
      expect(html).toContain(line)
    expect(renderToStaticMarkup(<FaultSummary title="Not registered" fields={{}} labels={labels} />)).toBe('')
  })
})
