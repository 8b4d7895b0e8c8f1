import type { ReactElement, ReactNode } from 'react'

export interface DialogProps {
  open?: boolean
  onOpenChange?: (open: boolean) => void
  trigger?: ReactElement
  title: string
  /** One sentence under the title. */
  description?: ReactNode
  footer?: ReactNode
  wide?: boolean
  children?: ReactNode
}
