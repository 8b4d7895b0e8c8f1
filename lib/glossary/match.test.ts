import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { indexOf, piecesOf } from './match'

const terms = [
  { name: 'Block time', synonyms: ['gate-to-gate time'] },
  { name: 'Block', synonyms: [] },
  { name: 'Delay', synonyms: ['lateness', 'block'] },
  { name: 'Straße', synonyms: [] },
]
const index = indexOf(terms)
const found = (text: string) =>
  piecesOf(index, text).flatMap(({ text: said, term }) => (term ? [`${said}=${term.name}`] : []))

describe('terms in a text', () => {
  it('are found by whole words in any case, the longest first', () => {
    expect(found('The block time of a block, its DELAY.')).toEqual([
      'block time=Block time',
      'block=Block',
      'DELAY=Delay',
    ])
    expect(found('Delayed blocks, mean_delay_7d')).toEqual([])
  })

  it('are found by their synonyms, a name before the synonym of another', () => {
    expect(found('gate-to-gate time and lateness')).toEqual([
      'gate-to-gate time=Block time',
      'lateness=Delay',
    ])
    expect(found('a block')).toEqual(['block=Block'])
  })

  it('do not run over the end of a sentence’s part', () => {
    expect(found('a block; time flies')).toEqual(['block=Block'])
    expect(found('die STRASSE, die Straße')).toEqual(['Straße=Straße'])
  })

  it('stand in pieces that are the text', () => {
    const words = fc.constantFrom('block', 'time', ' ', 'gate-to-gate', 'İ', '\n', 'delay', '.', 'é', '_')
    fc.assert(
      fc.property(fc.array(words), (parts) => {
        const text = parts.join('')
        expect(
          piecesOf(index, text)
            .map((piece) => piece.text)
            .join(''),
        ).toBe(text)
      }),
    )
  })

  it('cost the words of the text, not the number of terms', () => {
    const many = indexOf(
      Array.from({ length: 50_000 }, (_, at) => ({ name: `term ${at}`, synonyms: [`word${at}`] })),
    )
    const text = 'Some words about word77 and term 4711. '.repeat(250)
    const from = performance.now()
    expect(piecesOf(many, text).filter(({ term }) => term)).toHaveLength(500)
    expect(performance.now() - from).toBeLessThan(1500)
  })
})
