import type { GroupView, PageParams } from '../load-group'

export function QualityTab(_: { view: GroupView; query: PageParams }) {
  return null
}
