import { afterEach, describe, expect, it, vi } from 'vitest'
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

afterEach(() => {
  vi.useRealTimers()
})

describe('reads that come together', () => {
  it('go at once until two are under way, then share the next question', async () => {
    const { questions, read, asked } = byHand()
    const first = [read('a', ['1'], false), read('a', ['2'], false)]
    const others = [read('a', ['3', '4'], false), read('a', ['4', '5'], false)]
    expect(asked()).toEqual(['1', '2'])
    questions[1]?.answer(['2'])
    expect(await first[1]).toBe('a: 2')
    expect(asked()).toEqual(['1', '2', '3 4 5'])
    questions[0]?.answer(['1'])
    questions[2]?.answer(['3', '4', '5'])
    expect(await Promise.all([...first, ...others])).toEqual(['a: 1', 'a: 2', 'a: 3 4 5', 'a: 3 4 5'])
    void read('a', ['6'], false)
    expect(asked().at(-1)).toBe('6')
  })

  it('never share one across plans, with and without times, or with many keys', async () => {
    const { questions, read, asked } = byHand()
    const many = Array.from({ length: 21 }, (_, index) => `m${index}`)
    const all = [
      read('a', ['1'], false),
      read('a', ['2'], false),
      read('a', ['3'], false),
      read('b', ['4'], false),
      read('a', ['5'], true),
      read('a', many, false),
    ]
    expect(asked()).toEqual(['1', '2', many.join(' ')])
    questions[0]?.answer([])
    await all[0]
    expect(asked().slice(3)).toEqual(['3', '4', '5'])
    for (const { answer } of questions) answer([])
    expect(await Promise.all(all)).toEqual(['a: ', 'a: ', 'a: ', 'b: ', 'a: ', 'a: '])
  })

  it('wait for what hangs no longer than 2 ms', () => {
    vi.useFakeTimers()
    const { read, asked } = byHand()
    for (const key of ['1', '2', '3', '4']) void read('a', [key], false)
    vi.advanceTimersByTime(1)
    expect(asked()).toEqual(['1', '2'])
    vi.advanceTimersByTime(1)
    expect(asked()).toEqual(['1', '2', '3 4'])
  })

  it('fail together, and hold up nobody after', async () => {
    const { questions, read, asked } = byHand()
    const first = [read('a', ['1'], false), read('a', ['2'], false)]
    const others = Promise.allSettled([read('a', ['3'], false), read('a', ['4'], false)])
    for (const { answer } of questions) answer([])
    await Promise.all(first)
    questions[2]?.fail(new Error('gone'))
    expect((await others).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
    void read('a', ['5'], false)
    expect(asked().at(-1)).toBe('5')
  })
})
