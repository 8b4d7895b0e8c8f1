/** What is typed before the sample goes. */
export const removeWord = 'sample'
