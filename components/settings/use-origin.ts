'use client'
import { useSyncExternalStore } from 'react'

const never = () => () => {}

/** Where this portal stands, as its reader sees it; empty on the server. */
export const useOrigin = (): string =>
  useSyncExternalStore(
    never,
    () => window.location.origin,
    () => '',
  )
