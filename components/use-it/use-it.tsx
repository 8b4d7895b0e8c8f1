'use client'
import { useEffect, useState } from 'react'
import { codeHash } from '@/components/catalog/row-acts'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { onDemand } from '@/components/ui/on-demand'
import { SkeletonText } from '@/components/ui/skeleton'
import type { UsableAsset } from './asset'

const { fetch: fetchBody, usePart } = onDemand(async () => ({
  default: (await import('./use-it-body')).UseItBody,
}))

export interface UseItProps {
  asset: UsableAsset
  environment: string
  /** The reader may read its values; otherwise it is not what the page is for. */
  mayRead: boolean
}

const nameOf = ({ selection, group, version, features }: UsableAsset): string => {
  if (selection) return group
  const [only, ...others] = features
  return only && others.length === 0 ? `${group}@${version}:${only.name}` : `${group}@${version}`
}

/** The primary action of an asset: code that reads it, and a real read from here. */
export function UseIt({ asset, environment, mayRead }: UseItProps) {
  const [open, setOpen] = useState(false)
  useEffect(() => {
    if (window.location.hash === codeHash) setOpen(true)
  }, [])
  const UseItBody = usePart(open)
  return (
    <Dialog
      wide
      open={open}
      onOpenChange={setOpen}
      trigger={
        <Button
          variant={mayRead ? 'primary' : 'secondary'}
          data-shortcut="u"
          title="Use it (u)"
          onPointerEnter={() => void fetchBody()}
        >
          Use it
        </Button>
      }
      title={`Use ${nameOf(asset)}`}
      description={`For ${environment}. The code takes its API key from the variable ALMANAC_KEY.`}
    >
      {UseItBody ? <UseItBody asset={asset} environment={environment} /> : <SkeletonText lines={8} />}
    </Dialog>
  )
}
