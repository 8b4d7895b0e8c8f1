'use client'
import { debounce, parseAsInteger, parseAsString, useQueryStates } from 'nuqs'
import { useTransition } from 'react'
import { Input } from '@/components/ui/input'

/** Filters the list by `q` in the address, 200 ms after the last key; back to the first page. */
export function FilterBox({ placeholder }: { placeholder: string }) {
  const [pending, startTransition] = useTransition()
  const [{ q }, set] = useQueryStates(
    { q: parseAsString.withDefault(''), page: parseAsInteger, cursor: parseAsString },
    { shallow: false, startTransition },
  )
  return (
    <Input
      type="search"
      value={q}
      maxLength={200}
      aria-label={placeholder}
      placeholder={placeholder}
      aria-busy={pending || undefined}
      className="h-7 max-w-70 max-md:max-w-none"
      onChange={(event) =>
        set(
          { q: event.target.value || null, page: null, cursor: null },
          { limitUrlUpdates: event.target.value ? debounce(200) : debounce(0) },
        )
      }
      onKeyDown={(event) => {
        if (event.key === 'Escape') event.currentTarget.blur()
      }}
    />
  )
}
