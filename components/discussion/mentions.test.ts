import { describe, expect, it } from 'vitest'
import { askedName, namedIn, partsOf, withName } from './mentions'

const mara = { id: '1', name: 'Mara Voss' }
const mar = { id: '2', name: 'Mara' }

describe('mentions', () => {
  it('are asked for after an @ at the beginning of a word', () => {
    expect(askedName('Hey @', 5)).toBe('')
    expect(askedName('Hey @Ma', 7)).toBe('Ma')
    expect(askedName('@Mara V', 7)).toBe('Mara V')
    expect(askedName('mail@host', 9)).toBeNull()
    expect(askedName('Hey @Ma and', 11)).toBe('Ma and')
    expect(askedName('Hey @Ma, and', 12)).toBeNull()
  })

  it('take the place of what was typed', () => {
    expect(withName('Hey @Ma, look', 7, 'Ma', 'Mara Voss')).toEqual({
      text: 'Hey @Mara Voss , look',
      caret: 15,
    })
    expect(withName('@M', 2, 'M', 'Mara')).toEqual({ text: '@Mara ', caret: 6 })
  })

  it('end when their name is taken out of the text', () => {
    expect(namedIn('Ask @Mara Voss.', [mara])).toEqual([mara])
    expect(namedIn('Ask Mara Voss.', [mara])).toEqual([])
  })

  it('are told apart from the text, the longer name first', () => {
    expect(partsOf('Ask @Mara Voss, not @Mara.', [mar, mara])).toEqual([
      { text: 'Ask ', isMention: false },
      { text: '@Mara Voss', isMention: true },
      { text: ', not ', isMention: false },
      { text: '@Mara', isMention: true },
      { text: '.', isMention: false },
    ])
    expect(partsOf('Nobody.', [])).toEqual([{ text: 'Nobody.', isMention: false }])
  })
})
