import { countText } from '@/lib/core/number-text'

/** Whole numbers with thin group separators: 3000000 → "3 000 000". Null is an en dash. */
export function formatCount(value: number | bigint | null | undefined): string {
  return value === null || value === undefined ? '–' : countText(value)
}

/** 1234 → "1.2k", 3000000 → "3M"; below 1000 the number itself. */
export function formatCompact(value: number | null | undefined): string {
  if (value === null || value === undefined) return '–'
  const steps: [number, string][] = [
    [1e12, 'T'],
    [1e9, 'G'],
    [1e6, 'M'],
    [1e3, 'k'],
  ]
  for (const [step, letter] of steps) {
    if (Math.abs(value) >= step) return `${trim((value / step).toPrecision(3))}${letter}`
  }
  return formatNumber(value)
}

const trim = (text: string) => (text.includes('.') && !text.includes('e') ? text.replace(/\.?0+$/, '') : text)

/**
 * A measured value to `significant` digits, whole numbers in full up to a million. Very small and very large
 * values go to powers of ten. Not finite values are named, null is an en dash: never "NaN" by accident.
 */
export function formatNumber(value: number | null | undefined, significant = 4): string {
  if (value === null || value === undefined) return '–'
  if (Number.isNaN(value)) return 'not a number'
  if (!Number.isFinite(value)) return value > 0 ? '∞' : '−∞'
  const size = Math.abs(value)
  if (Number.isInteger(value) && size < 1e9) return minus(formatCount(value))
  if (size !== 0 && (size < 1e-4 || size >= 1e9)) {
    const [mantissa = '', exponent = ''] = value.toExponential(significant - 1).split('e')
    return minus(`${trim(mantissa)} × 10${superscript(Number(exponent))}`)
  }
  const whole = Math.floor(Math.log10(Math.max(size, 1e-4))) + 1
  const digits = Math.max(0, significant - Math.max(whole, size < 1 ? whole : 1))
  const [integer = '', fraction = ''] = trim(value.toFixed(Math.min(digits, 12))).split('.')
  const head = integer.replace(/\B(?=(\d{3})+$)/g, '\u202f')
  return minus(fraction ? `${head}.${fraction}` : head)
}

const minus = (text: string) => text.replace('-', '−')
const superscript = (exponent: number) =>
  String(exponent).replace(/[-\d]/g, (sign) => (sign === '-' ? '⁻' : ('⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(sign)] ?? sign)))

/** A share between 0 and 1 as per cent; a share that is not 0 never shows as 0. */
export function formatShare(share: number | null | undefined): string {
  if (share === null || share === undefined || Number.isNaN(share)) return '–'
  const percent = share * 100
  if (percent > 0 && percent < 0.01) return '< 0.01 %'
  if (percent < 100 && percent > 99.99) return '> 99.99 %'
  return `${minus(trim(percent.toFixed(Math.abs(percent) < 10 ? 2 : 1)))} %`
}

/** Bytes in powers of 1024. */
export function formatBytes(bytes: number | null | undefined): string {
  if (bytes === null || bytes === undefined) return '–'
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB']
  const step = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10))
  return `${formatNumber(bytes / 1024 ** step, 3)} ${units[step] ?? 'B'}`
}

/** Milliseconds as a person says them: 0.8 ms, 340 ms, 1.2 s, 4 min. */
export function formatMilliseconds(ms: number | null | undefined): string {
  if (ms === null || ms === undefined) return '–'
  if (ms < 1000) return `${formatNumber(ms, ms < 10 ? 2 : 3)} ms`
  if (ms < 60_000) return `${formatNumber(ms / 1000, 3)} s`
  if (ms < 3_600_000) return `${formatNumber(ms / 60_000, 3)} min`
  return `${formatNumber(ms / 3_600_000, 3)} h`
}

/** "1 reader", "14 readers"; the plural by "s" unless given. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`
}
