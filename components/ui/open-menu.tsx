'use client'
import { Check } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { DropdownMenu as Radix } from 'radix-ui'
import { useEffect, useRef } from 'react'
import { cn } from './cn'
import { Kbd } from './kbd'
import type { MenuItem, MenuProps } from './menu-props'
import { toRoute } from './route'

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

/** Opens as the press would have that woke it: by a key the first item has the focus. */
function usePressed(pressed: 'key' | 'pointer' | null) {
  const trigger = useRef<HTMLButtonElement>(null)
  const waiting = useRef(pressed)
  useEffect(() => {
    const target = trigger.current
    const by = waiting.current
    waiting.current = null
    if (!target || !by) return
    if (by === 'pointer') target.dispatchEvent(new PointerEvent('pointerdown', { bubbles: true, button: 0 }))
    else {
      target.focus()
      target.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }))
    }
  }, [])
  return trigger
}

interface OpenMenuProps extends MenuProps {
  /** What the trigger was pressed by before this was there. */
  pressed: 'key' | 'pointer' | null
}

/** The menu itself, which comes with the first press. */
export default function OpenMenu({
  trigger,
  sections,
  align = 'start',
  header,
  pressed,
  ...opened
}: OpenMenuProps) {
  const ref = usePressed(pressed)
  return (
    <Radix.Root {...opened}>
      <Radix.Trigger ref={ref} asChild>
        {trigger}
      </Radix.Trigger>
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
