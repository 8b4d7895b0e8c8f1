import { describe, expect, it } from 'vitest'
import { opposites } from './opposites'
import { phrases } from './phrases'
import { thesaurus } from './thesaurus'
import { conceptsOf } from './words'

const twice = (words: readonly string[]) => words.filter((word, at) => words.indexOf(word) !== at)

/** What a text is never read as: words that another word stands for, or that lose an ending. */
const unreachable = (words: readonly string[]) =>
  words.filter((word) => [...conceptsOf(word).keys()].some((concept) => concept !== word))

describe('the thesaurus', () => {
  const words = thesaurus.flat()

  it('has each word in one line only', () => {
    expect(twice(words)).toEqual([])
  })

  it('has words that a text is split into, and another for each', () => {
    expect(words.filter((word) => !/^[a-z]{2,}$/.test(word))).toEqual([])
    expect(thesaurus.filter((line) => line.length < 2)).toEqual([])
  })

  it.each([
    ['txns', 'order'],
    ['avg', 'mean'],
    ['accounts', 'account'],
    ['delinquencies', 'late'],
    ['incoming', 'incoming'],
    ['income', 'income'],
  ])('reads %s as %s', (word, concept) => {
    expect([...conceptsOf(word).keys()]).toEqual([concept])
  })
})

describe('phrases', () => {
  const said = phrases.map(([phrase]) => phrase)

  it('has each once, in lower case', () => {
    expect(twice(said)).toEqual([])
    expect(said.filter((phrase) => !/^[a-z0-9]+(?: [a-z0-9]+)*$/.test(phrase))).toEqual([])
  })

  it('stands for concepts', () => {
    expect(unreachable(phrases.flatMap(([, standsFor]) => standsFor.split(' ')))).toEqual([])
  })

  it('stands for what needs no second look', () => {
    const has = (text: string, phrase: string) => ` ${text} `.includes(` ${phrase} `)
    const again = phrases.filter(([, standsFor]) => said.some((phrase) => has(standsFor, phrase)))
    expect(again).toEqual([])
  })
})

describe('opposites', () => {
  it('has each pair once, of two concepts', () => {
    expect(twice(opposites.map((pair) => [...pair].sort().join(' ')))).toEqual([])
    expect(unreachable(opposites.flat())).toEqual([])
    expect(opposites.filter(([one, other]) => one === other)).toEqual([])
  })
})
