import { DomainError } from '@/lib/core/errors'

/** The failure of one version of a set, which names it; anything else stays a defect. */
export function itemError(error: unknown, group: string, version: number): unknown {
  if (!(error instanceof DomainError)) return error
  const { extensions, ...details } = error.details
  return new DomainError(
    error.code,
    `${group}@${version}: ${error.message}`,
    { ...details, extensions: { ...extensions, item: { group, version } } },
    { cause: error },
  )
}
