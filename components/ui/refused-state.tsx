import type { ReactNode } from 'react'
import { MarkedProse } from './marked-prose'
import { StateShape } from './state'

export interface RefusedStateProps {
  /** One sentence with the rule: "`route_delay` is confidential and your grant ended on 3 May." */
  because: ReactNode
  /** One sentence with who can help, by name. */
  help: ReactNode
  /** The request form or the button that leads to it. */
  action?: ReactNode
}

/** The reader may not see this: the rule, who can help, and what to do. Nothing else: a skeleton under it would say that it still loads. */
export function RefusedState({ because, help, action }: RefusedStateProps) {
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
    </section>
  )
}
