import { describe, expect, it } from 'vitest'
import { gathering } from './gather'

/** A source that answers by hand: each question, and how to answer it. */
function byHand() {
  const questions: { keys: string[]; answer: (lines: string[]) => void; fail: (error: Error) => void }[] = []
  const read = gathering({
    ask: (_: string, keys: string[]) =>
      new Promise<string[]>((answer, fail) => questions.push({ keys, answer, fail })),
    make: (plan, lines) => `${plan}: ${lines.join(' ')}`,
  })
  const asked = () => questions.map(({ keys }) => keys.join(' '))
  return { questions, read, asked }
}

const turn = () => new Promise((resolve) => setImmediate(resolve))

describe('reads that come together', () => {
  it('go at once when nothing is under way, and share a question when something is', async () => {
    const { questions, read, asked } = byHand()
    const first = read('a', ['1'], false)
    const others = [read('a', ['2', '3'], false), read('a', ['3', '4'], false)]
    expect(asked()).toEqual(['1'])
    await turn()
    expect(asked()).toEqual(['1', '2 3 4'])
    for (const { keys, answer } of questions) answer(keys)
    expect(await first).toBe('a: 1')
    expect(await Promise.all(others)).toEqual(['a: 2 3 4', 'a: 2 3 4'])
    void read('a', ['5'], false)
    expect(asked().at(-1)).toBe('5')
  })

  it('never share one across plans, with and without times, or with many keys', async () => {
    const { questions, read, asked } = byHand()
    const many = Array.from({ length: 21 }, (_, index) => `m${index}`)
    const all = [
      read('a', ['1'], false),
      read('a', ['2'], false),
      read('b', ['3'], false),
      read('a', ['4'], true),
      read('a', many, false),
    ]
    await turn()
    expect(asked()).toEqual(['1', many.join(' '), '2', '3', '4'])
    for (const { answer } of questions) answer([])
    expect(await Promise.all(all)).toEqual(['a: ', 'a: ', 'b: ', 'a: ', 'a: '])
  })

  it('fail together, and hold up nobody after', async () => {
    const { questions, read, asked } = byHand()
    const first = read('a', ['1'], false)
    const others = Promise.allSettled([read('a', ['2'], false), read('a', ['3'], false)])
    questions[0]?.answer([])
    await first
    await turn()
    questions[1]?.fail(new Error('gone'))
    expect((await others).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    void read('a', ['4'], false)
    expect(asked().at(-1)).toBe('4')
  })
})
