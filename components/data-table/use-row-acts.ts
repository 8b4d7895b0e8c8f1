'use client'
import { useRouter } from 'next/navigation'
import { type RefObject, useEffect, useRef, useState } from 'react'
import { toRoute } from '@/components/ui/route'
import { toast } from '@/components/ui/toast'
import type { RowAct, TableRow } from './types'
import { focusRow } from './use-row-keys'

/** What is done with a row, and the menu that shows it. */
export function useRowActs(
  body: RefObject<HTMLTableSectionElement | null>,
  rows: readonly TableRow[],
  selectedId: string | undefined,
) {
  const router = useRouter()
  const [menuOf, setMenuOf] = useState<string | null>(null)
  // From one peeked row to the next is no step back.
  const open = (href: string | undefined) => {
    if (!href) return
    const isNextPeek = selectedId !== undefined && rows.some(({ peekHref }) => peekHref === href)
    router[isNextPeek ? 'replace' : 'push'](toRoute(href), { scroll: false })
  }
  const act = (one: RowAct) => {
    if ('href' in one) return open(one.href)
    navigator.clipboard.writeText(one.copy).then(
      () => toast(`Copied ${one.copy}`),
      () => toast('The browser did not allow copying'),
    )
  }
  // The menu's row has the focus again when the menu goes.
  const before = useRef<string | null>(null)
  useEffect(() => {
    const gone = menuOf === null ? before.current : null
    if (gone !== null) focusRow(body.current?.rows[rows.findIndex(({ id }) => id === gone)])
    before.current = menuOf
  }, [menuOf, rows, body])
  return { open, act, menuOf, setMenuOf }
}
