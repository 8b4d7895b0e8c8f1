/** Characters of one text. */
export const longestDocumentation = 20_000
