'use client'
import { Command } from 'cmdk'
import { Search } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import { useState } from 'react'
import { KindGlyph } from '@/components/icons/kind-glyph'
import { Kbd } from '@/components/ui/kbd'
import { MarkedText } from '@/components/ui/marked-text'
import { NameText } from '@/components/ui/name-text'
import type { OnSearch, SearchGroup, SearchHit } from './search-types'
import { useSearch } from './use-search'

interface OpenPaletteProps {
  open: boolean
  /** What was typed before this was there. */
  typed: string
  onOpenChange: (open: boolean) => void
  onSearch: OnSearch
  allHitsHref: string
  placeholder: string
  go: (href: string) => void
  /** Where the focus goes back to. */
  onCloseAutoFocus: (event: Event) => void
}

/** The palette itself, which comes when it is opened first. */
export default function OpenPalette(props: OpenPaletteProps) {
  const { open, typed, onOpenChange, onSearch, allHitsHref, placeholder, go, onCloseAutoFocus } = props
  const [query, setQuery] = useState(typed)
  const { groups, answered, failure } = useSearch(query, open, onSearch)
  // New hits begin a new list: its first one is what Enter means until another is chosen.
  const [chosen, setChosen] = useState<{ answered: string | null; value: string } | null>(null)
  const first = groups.find((group) => group.hits.length > 0)?.hits[0]?.id ?? 'all-hits'
  const selected = chosen?.answered === answered ? chosen.value : first
  const all = `${allHitsHref}${encodeURIComponent(query.trim())}`
  const none =
    answered === query.trim() && answered !== '' && groups.every((group) => group.hits.length === 0)
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
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
                maxLength={200}
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
