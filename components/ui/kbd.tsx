import type { ReactNode } from 'react'

/** One key, or several separated by spaces when given as text: `<Kbd>g c</Kbd>`. */
export function Kbd({ children }: { children: ReactNode }) {
  const keys = typeof children === 'string' ? children.split(' ') : [children]
  return (
    <span className="inline-flex gap-0.5">
      {keys.map((key, index) => (
        <kbd
          // biome-ignore lint/suspicious/noArrayIndexKey: the keys of one shortcut never change places
          key={index}
          className="inline-flex h-4 min-w-4 items-center justify-center rounded-[3px] border border-hairline bg-sunken px-1 font-mono text-11 text-muted"
        >
          {key}
        </kbd>
      ))}
    </span>
  )
}
