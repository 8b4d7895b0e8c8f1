import { withParams } from '@/components/ui/route'

/** The page on which a version is reviewed. */
export const reviewHref = (group: string, version: number): string =>
  withParams(`/groups/${encodeURIComponent(group)}/review`, '', { version })
