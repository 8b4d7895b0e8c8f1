import type { ReactElement, ReactNode } from 'react'

export interface MenuItem {
  label: string
  icon?: ReactNode
  shortcut?: string
  /** Where it leads; or use `onSelect`. */
  href?: string
  onSelect?: () => void
  danger?: boolean
  /** Why it cannot be chosen now; shown under the label. */
  disabledBecause?: string
  checked?: boolean
}

export interface MenuSection {
  label?: string
  items: readonly MenuItem[]
}

export interface MenuProps {
  trigger: ReactElement
  sections: readonly MenuSection[]
  align?: 'start' | 'end'
  header?: ReactNode
  /** Only where something else than the trigger opens it. */
  open?: boolean
  onOpenChange?: (open: boolean) => void
}
