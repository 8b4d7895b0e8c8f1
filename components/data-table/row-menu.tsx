'use client'
import { Menu, type MenuItem } from '@/components/ui/menu'
import type { RowAct, TableRow } from './types'

interface RowMenuProps {
  row: TableRow
  /** Null: rows of this list cannot be chosen. */
  choose: { isChosen: boolean; toggle: () => void } | null
  open: (href: string) => void
  act: (act: RowAct) => void
  onClose: () => void
}

/** All that can be done with a row, with the keys that do it. */
export function RowMenu({ row, choose, open, act, onClose }: RowMenuProps) {
  const { href, peekHref, acts = [] } = row
  const first: MenuItem[] = [
    ...(href ? [{ label: 'Open', shortcut: 'Enter', onSelect: () => open(href) }] : []),
    ...(peekHref ? [{ label: 'Peek', shortcut: 'Space', onSelect: () => open(peekHref) }] : []),
    ...(choose
      ? [{ label: choose.isChosen ? 'Leave out' : 'Choose', shortcut: 'x', onSelect: choose.toggle }]
      : []),
  ]
  const rest = acts.map(
    (one): MenuItem => ({
      label: one.label,
      ...(one.shortcut ? { shortcut: one.shortcut } : {}),
      onSelect: () => act(one),
    }),
  )
  return (
    <Menu
      open
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose()
      }}
      trigger={<span aria-hidden className="absolute h-8 w-0" />}
      sections={[{ items: first }, { items: rest }].filter(({ items }) => items.length > 0)}
    />
  )
}
