import { cloneElement, isValidElement, type ReactElement, type SyntheticEvent } from 'react'

type Handler = (event: SyntheticEvent) => void
const isHandler = (value: unknown): value is Handler => typeof value === 'function'

/** Its own handler first; what that prevents does not happen. */
const both =
  (own: Handler, added: Handler): Handler =>
  (event) => {
    own(event)
    if (!event.defaultPrevented) added(event)
  }

/** An element with more attributes; of a handler that it has itself both are called. */
export function withProps(element: ReactElement, added: Readonly<Record<string, unknown>>): ReactElement {
  if (!isValidElement<Record<string, unknown>>(element)) return element
  const { props } = element
  const merged = Object.entries(added).map(([name, value]): [string, unknown] => {
    const own = props[name]
    return [name, isHandler(own) && isHandler(value) ? both(own, value) : value]
  })
  return cloneElement(element, Object.fromEntries(merged))
}
