'use client'
import dynamic from 'next/dynamic'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { SkeletonText } from '@/components/ui/skeleton'
import type { HardPlace } from './hard-place'

/** Few people ask for it: it comes when it is asked for. */
const HardForm = dynamic(() => import('./hard-form').then((module) => module.HardForm), {
  loading: () => <SkeletonText lines={3} />,
})

/** A quiet question with a short form behind it. May stand inside another form. */
export function WasThisHard(props: HardPlace) {
  const [open, setOpen] = useState(false)
  if (open) return <HardForm {...props} onClose={() => setOpen(false)} />
  return (
    <Button variant="quiet" size="small" className="-ml-2 self-start" onClick={() => setOpen(true)}>
      Was this hard?
    </Button>
  )
}
