'use client'
import { usePathname } from 'next/navigation'

/** Pages that show how fresh something is. */
const judging = /^\/(?:$|(?:catalog|monitoring|groups|services|entities)(?:\/|$))/

/** Stands only where something is red because of it. */
export function RedOnPurpose() {
  return judging.test(usePathname()) ? ', so freshness is red on purpose' : null
}
