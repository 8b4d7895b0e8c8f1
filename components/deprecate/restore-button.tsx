'use client'
import { useState } from 'react'
import { RestoreDialog } from '@/components/feature-group/restore-dialog'
import { Button } from '@/components/ui/button'

/** Opens the form that takes a deprecation back. */
export function RestoreButton({ group, version }: { group: string; version: number }) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <Button onClick={() => setOpen(true)}>Restore…</Button>
      <RestoreDialog group={group} version={version} open={open} onOpenChange={setOpen} />
    </>
  )
}
