import { Checkbox } from '@/components/ui/checkbox'
import { cn } from '@/components/ui/cn'

interface RowChoiceProps {
  as: 'th' | 'td'
  label: string
  checked: boolean
  indeterminate?: boolean
  /** Some row is chosen: then every box is seen. */
  isChoosing: boolean
  onToggle: () => void
}

/** The box of a row in the gutter left of the list, seen where the pointer or the focus is. Takes no room. */
export function RowChoice({ as: Cell, label, checked, indeterminate, isChoosing, onToggle }: RowChoiceProps) {
  return (
    <Cell className="relative w-0 border-0 p-0 max-md:hidden max-xl:w-6">
      <Checkbox
        hideLabel
        label={label}
        checked={checked}
        {...(indeterminate === undefined ? {} : { indeterminate })}
        onChange={onToggle}
        tabIndex={isChoosing ? 0 : -1}
        className={cn(
          'xl:-left-5 top-1/2 -translate-y-1/2 absolute left-0',
          !isChoosing &&
            'opacity-0 focus-within:opacity-100 group-focus-within/row:opacity-100 group-hover/row:opacity-100',
        )}
      />
    </Cell>
  )
}
