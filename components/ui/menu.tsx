'use client'
import { Check } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { DropdownMenu as Radix } from 'radix-ui'
import type { ReactElement, ReactNode } from 'react'
import { cn } from './cn'
import { Kbd } from './kbd'
import { toRoute } from './route'

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

const itemClass =
  'flex min-h-8 cursor-default select-none items-center gap-2 rounded-control px-2 py-1 text-13 outline-none max-md:min-h-11 data-[highlighted]:bg-accent-tint data-[disabled]:text-muted'

function Item({ item }: { item: MenuItem }) {
  const router = useRouter()
  const select = () => {
    if (item.onSelect) item.onSelect()
    else if (item.href) router.push(toRoute(item.href))
  }
  const body = (
    <>
      {item.checked === undefined ? (
        item.icon
      ) : (
        <Check className={cn('size-3.5', !item.checked && 'invisible')} />
      )}
      <span className="min-w-0 flex-1">
        {item.label}
        {item.disabledBecause ? <span className="block text-11">{item.disabledBecause}</span> : null}
      </span>
      {item.shortcut ? <Kbd>{item.shortcut}</Kbd> : null}
    </>
  )
  const shared = {
    disabled: Boolean(item.disabledBecause),
    className: cn(itemClass, item.danger && 'text-fail'),
  }
  if (item.checked !== undefined) {
    return (
      <Radix.CheckboxItem {...shared} checked={item.checked} onSelect={select}>
        {body}
      </Radix.CheckboxItem>
    )
  }
  return (
    <Radix.Item {...shared} onSelect={select}>
      {body}
    </Radix.Item>
  )
}

/** Actions behind a button, in ruled sections, with their shortcuts. */
export function Menu({ trigger, sections, align = 'start', header, ...opened }: MenuProps) {
  return (
    <Radix.Root {...opened}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align={align}
          sideOffset={4}
          collisionPadding={8}
          className="enter z-50 max-h-[var(--radix-dropdown-menu-content-available-height)] min-w-48 max-w-80 overflow-y-auto rounded-overlay border border-hairline bg-surface p-1 shadow-overlay"
        >
          {header ? <div className="border-b px-2 pt-1 pb-2">{header}</div> : null}
          {sections.map((section, index) => (
            <Radix.Group key={section.label ?? index} className={cn(index > 0 && 'mt-1 border-t pt-1')}>
              {section.label ? (
                <Radix.Label className="px-2 py-1 text-11 text-muted">{section.label}</Radix.Label>
              ) : null}
              {section.items.map((item) => (
                <Item key={item.label} item={item} />
              ))}
            </Radix.Group>
          ))}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
