'use client'
import { Search } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { useEffect, useRef, useState } from 'react'
import { Kbd } from '@/components/ui/kbd'
import { onDemand } from '@/components/ui/on-demand'
import { toRoute } from '@/components/ui/route'
import { isTyping } from './keys'
import type { OnSearch } from './search-types'
import { useCommandKey } from './use-command-key'

export interface CommandPaletteProps {
  /** Called with '' when it opens: answer with recent or popular assets. Keep its identity stable. */
  onSearch: OnSearch
  /** The page with all hits; the question is appended. */
  allHitsHref?: string
  placeholder?: string
}

/** Called ahead of the first press, so that it is answered at once. */
const { fetch: fetchPalette, usePart } = onDemand(() => import('./open-palette'))

export { fetchPalette }

/** What is typed before the palette's box is there goes into it. */
function useTypedMeanwhile(isWaiting: boolean) {
  const typed = useRef('')
  useEffect(() => {
    if (!isWaiting) return
    const onKey = (event: KeyboardEvent) => {
      if (event.key.length !== 1 || event.metaKey || event.ctrlKey || event.altKey) return
      event.preventDefault()
      event.stopImmediatePropagation()
      typed.current += event.key
    }
    window.addEventListener('keydown', onKey, { capture: true })
    return () => window.removeEventListener('keydown', onKey, { capture: true })
  }, [isWaiting])
  return typed
}

/** Opens the palette by keys; says what had the focus then. */
function useOpenByKeys(setOpen: (change: (open: boolean) => boolean) => void) {
  const before = useRef<HTMLElement | null>(null)
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const commandK = event.key.toLowerCase() === 'k' && (event.metaKey || event.ctrlKey)
      const slash =
        event.key === '/' && !event.metaKey && !event.ctrlKey && !event.altKey && !isTyping(event.target)
      if (!commandK && !slash) return
      event.preventDefault()
      setOpen((open) => {
        const { activeElement } = document
        if (!open && activeElement instanceof HTMLElement) before.current = activeElement
        return slash ? true : !open
      })
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [setOpen])
  return () => {
    const found = before.current
    before.current = null
    return found?.isConnected && found !== document.body ? found : null
  }
}

/** The search box of the top bar and the palette that it, ⌘K and `/` open. */
export function CommandPalette(props: CommandPaletteProps) {
  const { onSearch, allHitsHref = '/catalog?q=', placeholder = 'Search features, groups, services' } = props
  const router = useRouter()
  const box = useRef<HTMLButtonElement>(null)
  const [open, setOpen] = useState(false)
  // What was typed stays in it when it is opened again.
  const [isNeeded, setNeeded] = useState(false)
  if (open && !isNeeded) setNeeded(true)
  const OpenPalette = usePart(isNeeded)
  const typed = useTypedMeanwhile(open && OpenPalette === null)
  const takeFocusBefore = useOpenByKeys(setOpen)
  const command = useCommandKey()
  return (
    <>
      <button
        ref={box}
        type="button"
        aria-haspopup="dialog"
        aria-expanded={open}
        onPointerEnter={() => void fetchPalette()}
        onClick={() => setOpen(true)}
        className="control flex h-7 w-full max-w-105 items-center gap-2 px-2 text-muted max-md:h-11"
      >
        <Search aria-hidden className="size-3.5 shrink-0" />
        <span className="min-w-0 flex-1 truncate text-left">{placeholder}</span>
        <span className="flex gap-1 max-md:hidden">
          <Kbd>{`${command} K`}</Kbd>
        </span>
      </button>
      {OpenPalette ? (
        <OpenPalette
          open={open}
          typed={typed.current}
          onOpenChange={setOpen}
          onSearch={onSearch}
          allHitsHref={allHitsHref}
          placeholder={placeholder}
          go={(href) => {
            setOpen(false)
            router.push(toRoute(href))
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            const target = takeFocusBefore() ?? box.current
            target?.focus()
          }}
        />
      ) : null}
    </>
  )
}
