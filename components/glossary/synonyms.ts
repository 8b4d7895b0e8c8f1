export const synonymsHint = 'Other words for the same, divided by commas. They are linked and found too.'

/** What stands between commas. */
export const synonymsOf = (text: string): string[] =>
  text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '')
