const grouped = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 })

/** A whole number as every page and sentence writes it, with thin group separators: 3000000 → "3 000 000". */
export const countText = (value: number | bigint): string => grouped.format(value).replaceAll(',', '\u202f')
