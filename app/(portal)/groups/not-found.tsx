import { ButtonLink } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'

/** The same words for what is missing and for what is hidden. */
export default function GroupNotFound() {
  return (
    <EmptyState title="Not found" action={<ButtonLink href="/catalog">Search the catalogue</ButtonLink>}>
      No feature group, version or feature of this name is there, or it is not open to you.
    </EmptyState>
  )
}
