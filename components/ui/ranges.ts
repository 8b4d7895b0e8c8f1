/** First character and the one behind the last. */
export type TextRange = readonly [start: number, end: number]

/** The ranges of a whole text as those of its part `[from, to)`; what is outside is left. */
export const rangesWithin = (ranges: readonly TextRange[], from: number, to: number): TextRange[] =>
  ranges.flatMap(([start, end]): TextRange[] => {
    const begin = Math.max(start, from)
    const stop = Math.min(end, to)
    return begin < stop ? [[begin - from, stop - from]] : []
  })
