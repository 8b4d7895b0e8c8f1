import type { ReactNode } from 'react'
import { cn } from './cn'
import { MarkedProse } from './marked-prose'
import { StateShape } from './state'

export interface RefusedStateProps {
  /** One sentence with the rule: "`route_delay` is confidential and your grant ended on 3 May." */
  because: ReactNode
  /** One sentence with who can help, by name. */
  help: ReactNode
  /** The request form or the button that leads to it. */
  action?: ReactNode
  /** Keeps the frame's shape by the outline of rows. */
  outlined?: boolean
}

const outlinedRows = ['w-64', 'w-48', 'w-56', 'w-40', 'w-60', 'w-52']

/** Drawn and not filled: grey bars would say that something still comes. */
const Outline = () => (
  <div aria-hidden className="border-t opacity-60">
    {outlinedRows.map((width) => (
      <div key={width} className="flex h-(--row) items-center gap-6 border-b">
        <span className={cn('block h-3 max-w-full rounded-control border', width)} />
        <span className="block h-3 w-20 rounded-control border max-md:hidden" />
        <span className="block h-3 w-20 rounded-control border max-md:hidden" />
      </div>
    ))}
  </div>
)

/** The reader may not see this: the rule, who can help, and what to do, over the content's shape. */
export function RefusedState({ because, help, action, outlined = false }: RefusedStateProps) {
  return (
    <section aria-label="Refused" className="flex flex-col gap-4">
      <div className="flex items-start gap-2.5 border-warn border-l-2 bg-warn-tint px-4 py-3">
        <span className="mt-1">
          <StateShape state="warn" />
        </span>
        <div className="max-w-[68ch]">
          <p>
            <span className="font-medium">Refused: </span>
            {typeof because === 'string' ? <MarkedProse text={because} /> : because}
          </p>
          <p>{help}</p>
          {action ? <div className="mt-3">{action}</div> : null}
        </div>
      </div>
      {outlined ? <Outline /> : null}
    </section>
  )
}
