import { Checkbox } from '@/components/ui/checkbox'
import { Name } from '@/components/ui/name'

interface ChoosableNameProps {
  name: string
  href: string
  /** Null: it cannot be chosen. */
  chosen: boolean | null
  onToggle: () => void
}

/** The first cell of a list from which several are chosen. */
export const ChoosableName = ({ name, href, chosen, onToggle }: ChoosableNameProps) => (
  <span className="flex min-w-0 items-center gap-2">
    {chosen === null ? null : (
      <Checkbox hideLabel label={`Choose ${name}`} checked={chosen} onChange={onToggle} />
    )}
    <Name name={name} href={href} />
  </span>
)
