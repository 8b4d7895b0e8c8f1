import { parseJson } from '@/lib/core/json'

/** Members of a feature that the grid does not show, and what its contract has beyond the grid; by `beyondGrid`. */
export function restOf(text: string): { contract?: object } {
  const parsed: unknown = text === '' ? {} : parseJson(text)
  return typeof parsed === 'object' && parsed !== null ? parsed : {}
}
