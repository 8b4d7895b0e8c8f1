'use client'
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
import { rememberPreference } from './preferences'

interface Clock {
  zone: string
  now: Date
}

const ClockContext = createContext<Clock>({ zone: 'UTC', now: new Date(0) })

export interface ClockProviderProps {
  /** The reader's IANA zone as last seen, so that the server already writes times in it. */
  zone: string
  /** The server's clock, ISO; relative times count from it and run on. */
  now: string
  children: ReactNode
}

/** Gives every Time below it the same zone and the same now, on the server and in the browser. */
export function ClockProvider({ zone: known, now: serverNow, children }: ClockProviderProps) {
  const [zone, setZone] = useState(known)
  // Time passed since that answer of the server: a newer answer begins anew, or its hours would count twice.
  const [passed, setPassed] = useState({ since: serverNow, elapsedMs: 0 })
  useEffect(() => {
    const actual = Intl.DateTimeFormat().resolvedOptions().timeZone
    if (actual && actual !== known) {
      rememberPreference('zone', actual)
      setZone(actual)
    }
  }, [known])
  useEffect(() => {
    const start = performance.now()
    const tick = () => setPassed({ since: serverNow, elapsedMs: performance.now() - start })
    const timer = setInterval(tick, 30_000)
    return () => clearInterval(timer)
  }, [serverNow])
  const elapsedMs = passed.since === serverNow ? passed.elapsedMs : 0
  const clock = useMemo(
    () => ({ zone, now: new Date(Date.parse(serverNow) + elapsedMs) }),
    [zone, serverNow, elapsedMs],
  )
  return <ClockContext value={clock}>{children}</ClockContext>
}

/** The reader's zone and the present instant by the server's clock. */
export const useClock = () => useContext(ClockContext)
