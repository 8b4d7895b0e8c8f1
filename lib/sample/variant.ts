/** `small` keeps the 25 busiest airports and the last 12 weeks, so that browser tests start quickly. */
export type Variant = 'full' | 'small'
