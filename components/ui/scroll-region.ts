/** Attributes of a box that scrolls inside the page: without a tab stop the keyboard could not reach its end. */
export const scrollRegion = (label: string) => ({ role: 'region', 'aria-label': label, tabIndex: 0 }) as const
