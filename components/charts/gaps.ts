/** Runs of windows of which nothing is known, 0…1 from the left: they are hatched. */
export function gapsOf(isUnknown: readonly boolean[]): { from: number; to: number }[] {
  const gaps: { from: number; to: number }[] = []
  isUnknown.forEach((unknown, index) => {
    if (!unknown) return
    const last = gaps.at(-1)
    const from = index / isUnknown.length
    const to = (index + 1) / isUnknown.length
    if (last && isUnknown[index - 1]) last.to = to
    else gaps.push({ from, to })
  })
  return gaps
}
