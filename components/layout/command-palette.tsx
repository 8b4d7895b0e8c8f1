'use client'
import { Command } from 'cmdk'
import { Search } from 'lucide-react'
import { useRouter } from 'next/navigation'
import { Dialog as Radix } from 'radix-ui'
import { useEffect, useRef, useState } from 'react'
import { KindGlyph } from '@/components/icons/kind-glyph'
import { Kbd } from '@/components/ui/kbd'
import { MarkedText } from '@/components/ui/marked-text'
import { NameText } from '@/components/ui/name-text'
import { toRoute } from '@/components/ui/route'
import { isTyping } from './keys'
import type { OnSearch, SearchGroup, SearchHit } from './search-types'
import { useCommandKey } from './use-command-key'
import { useSearch } from './use-search'

export interface CommandPaletteProps {
  /** Called with '' when it opens: answer with recent or popular assets. Keep its identity stable. */
  onSearch: OnSearch
  /** The page with all hits; the question is appended. */
  allHitsHref?: string
  placeholder?: string
}

/** Opens the palette by keys; what had the focus then gets it back. */
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
  return (event: Event) => {
    const found = before.current
    before.current = null
    if (!found?.isConnected || found === document.body) return
    event.preventDefault()
    found.focus()
  }
}

/** The search box of the top bar and the palette that it, ⌘K and `/` open. */
export function CommandPalette(props: CommandPaletteProps) {
  const { onSearch, allHitsHref = '/catalog?q=', placeholder = 'Search features, groups, services' } = props
  const router = useRouter()
  const [open, setOpen] = useState(false)
  const [query, setQuery] = useState('')
  const { groups, answered, failure } = useSearch(query, open, onSearch)
  // New hits begin a new list: its first one is what Enter means until another is chosen.
  const [chosen, setChosen] = useState<{ answered: string | null; value: string } | null>(null)
  const first = groups.find((group) => group.hits.length > 0)?.hits[0]?.id ?? 'all-hits'
  const selected = chosen?.answered === answered ? chosen.value : first
  const onCloseAutoFocus = useOpenByKeys(setOpen)
  const command = useCommandKey()
  const go = (href: string) => {
    setOpen(false)
    router.push(toRoute(href))
  }
  const all = `${allHitsHref}${encodeURIComponent(query.trim())}`
  const none =
    answered === query.trim() && answered !== '' && groups.every((group) => group.hits.length === 0)
  return (
    <Radix.Root open={open} onOpenChange={setOpen}>
      <Radix.Trigger className="control flex h-7 w-full max-w-105 items-center gap-2 px-2 text-muted max-md:h-11">
        <Search aria-hidden className="size-3.5 shrink-0" />
        <span className="min-w-0 flex-1 truncate text-left">{placeholder}</span>
        <span className="flex gap-1 max-md:hidden">
          <Kbd>{`${command} K`}</Kbd>
        </span>
      </Radix.Trigger>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-backdrop" />
        <Radix.Content
          aria-describedby={undefined}
          onCloseAutoFocus={onCloseAutoFocus}
          className="enter fixed inset-x-0 top-[10vh] z-50 mx-auto w-full max-w-160 overflow-hidden rounded-overlay border bg-surface shadow-overlay max-md:top-0 max-md:h-dvh max-md:rounded-none"
        >
          <Radix.Title className="sr-only">Search</Radix.Title>
          <Command
            value={selected}
            onValueChange={(value) => value && setChosen({ answered, value })}
            shouldFilter={false}
            label="Search"
            loop
            className="flex max-h-[70vh] flex-col max-md:max-h-full"
          >
            <div className="flex items-center gap-2 border-b px-4">
              <Search aria-hidden className="size-4 shrink-0 text-muted" />
              <Command.Input
                value={query}
                onValueChange={setQuery}
                placeholder={placeholder}
                className="h-12 min-w-0 flex-1 bg-transparent text-15 outline-none"
              />
              <Radix.Close className="rounded-control px-1 text-12 text-muted hover:text-ink max-md:min-h-11">
                Esc
              </Radix.Close>
            </div>
            <Command.List className="min-h-0 overflow-y-auto p-2">
              {failure ? <p className="px-2 py-3 text-fail">The search failed: {failure}</p> : null}
              {none ? (
                <p className="px-2 py-3 text-muted">
                  Nothing matches “{answered}”. Names, descriptions, tags and near spellings were searched.
                </p>
              ) : null}
              {groups.map((group) => (
                <HitGroup key={group.label} group={group} onGo={go} />
              ))}
              {query.trim() ? (
                <Command.Item value="all-hits" onSelect={() => go(all)} className={itemClass}>
                  All results for “{query.trim()}”
                </Command.Item>
              ) : null}
            </Command.List>
          </Command>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

const itemClass =
  'flex min-h-9 cursor-default items-center gap-2.5 rounded-control px-2 py-1 data-[selected=true]:bg-accent-tint max-md:min-h-11'

function HitGroup({ group, onGo }: { group: SearchGroup; onGo: (href: string) => void }) {
  if (group.hits.length === 0) return null
  return (
    <Command.Group
      heading={group.label}
      className="mb-1 [&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:py-1 [&_[cmdk-group-heading]]:text-11 [&_[cmdk-group-heading]]:text-muted"
    >
      {group.hits.map((hit) => (
        <Command.Item key={hit.id} value={hit.id} onSelect={() => onGo(hit.href)} className={itemClass}>
          <Hit hit={hit} />
        </Command.Item>
      ))}
    </Command.Group>
  )
}

function Hit({ hit }: { hit: SearchHit }) {
  const { marks } = hit
  return (
    <>
      {hit.kind ? <KindGlyph kind={hit.kind} className="shrink-0 text-muted" /> : null}
      <span className="min-w-0 flex-1">
        <span className="flex min-w-0 items-baseline gap-2">
          {hit.isPlace ? hit.name : <NameText name={hit.name} marks={marks?.name ?? []} />}
          {hit.mark ? <span className="shrink-0 text-12 text-warn">{hit.mark}</span> : null}
        </span>
        {hit.meaning ? (
          <span className="block truncate text-12 text-muted">
            <MarkedText text={hit.meaning} ranges={marks?.meaning ?? []} />
          </span>
        ) : null}
      </span>
      {hit.shortcut ? <Kbd>{hit.shortcut}</Kbd> : null}
      {hit.why ? (
        <span className="max-w-40 shrink-0 truncate text-12 text-muted max-md:hidden">{hit.why}</span>
      ) : null}
    </>
  )
}
