import { parseJson } from '@/lib/core/json'

/** Members of a feature that the grid does not show; written by `fromGroup`. */
export function restOf(text: string): object {
  const parsed: unknown = text === '' ? {} : parseJson(text)
  return typeof parsed === 'object' && parsed !== null ? parsed : {}
}
