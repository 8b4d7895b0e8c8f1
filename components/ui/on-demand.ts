import { useEffect, useState } from 'react'

/**
 * A part that is fetched when it is needed first, or ahead of that. One that is there is drawn at once: behind a
 * Suspense boundary it would wait for 300 ms after the fallback.
 */
export function onDemand<T>(load: () => Promise<{ default: T }>) {
  let part: T | null = null
  const fetch = async () => {
    part ??= (await load()).default
  }
  /** The part, or null while it is not needed or on its way. */
  function usePart(isNeeded: boolean): T | null {
    const [, redraw] = useState(0)
    useEffect(() => {
      if (!isNeeded || part !== null) return
      let isHere = true
      void fetch().then(() => {
        if (isHere) redraw((before) => before + 1)
      })
      return () => {
        isHere = false
      }
    }, [isNeeded])
    return isNeeded ? part : null
  }
  return { fetch, usePart }
}
