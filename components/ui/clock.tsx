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
  const [elapsedMs, setElapsedMs] = useState(0)
  useEffect(() => {
    const actual = Intl.DateTimeFormat().resolvedOptions().timeZone
    if (actual && actual !== known) {
      rememberPreference('zone', actual)
      setZone(actual)
    }
    const start = performance.now()
    const timer = setInterval(() => setElapsedMs(performance.now() - start), 30_000)
    return () => clearInterval(timer)
  }, [known])
  const clock = useMemo(
    () => ({ zone, now: new Date(Date.parse(serverNow) + elapsedMs) }),
    [zone, serverNow, elapsedMs],
  )
  return <ClockContext value={clock}>{children}</ClockContext>
}

/** The reader's zone and the present instant by the server's clock. */
export const useClock = () => useContext(ClockContext)
