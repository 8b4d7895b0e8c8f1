import { withParams } from '@/components/ui/route'

/** The page on which a version is reviewed. */
export const reviewHref = (group: string, version: number): string =>
  withParams(`/groups/${encodeURIComponent(group)}/review`, '', { version })

/** The page on which several versions are decided as one. */
export const changeSetHref = (id: string): string => `/governance/change-sets/${encodeURIComponent(id)}`

/** Where a line of the queue leads. */
export const lineHref = (line: {
  group: string
  version: number
  change_set: { id: string } | null
}): string => (line.change_set ? changeSetHref(line.change_set.id) : reviewHref(line.group, line.version))
