'use client'
import { usePathname, useRouter, useSearchParams } from 'next/navigation'
import { useEffect, useState } from 'react'
import type { Help } from '@/components/help/help'
import { Dialog } from '@/components/ui/dialog'
import { Kbd } from '@/components/ui/kbd'
import { toRoute } from '@/components/ui/route'
import { actionForKey, isTyping, type KeyAction } from './keys'
import type { Place } from './nav'
import { useCommandKey } from './use-command-key'

const chordMs = 1200

function neighbourTab(step: 1 | -1) {
  const tabs = [...document.querySelectorAll<HTMLAnchorElement>('nav[data-tabs] a')]
  const at = tabs.findIndex((tab) => tab.getAttribute('aria-current') === 'page')
  if (at >= 0) tabs[at + step]?.click()
}

/** A menu opens on keys and pointers, not on clicks. */
function press(target: HTMLElement) {
  if (target.getAttribute('aria-haspopup') !== 'menu') return target.click()
  target.focus()
  target.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }))
}

/** The keys that work on every page. A control with data-shortcut="u" is clicked by `u`. */
export function Shortcuts({ nav }: { nav: readonly Place[] }) {
  const router = useRouter()
  const [help, setHelp] = useState(false)
  useEffect(() => {
    let goUntil = 0
    const run = (action: KeyAction): boolean => {
      if (action.kind === 'chord') goUntil = performance.now() + chordMs
      else if (action.kind === 'go') router.push(toRoute(action.href))
      else if (action.kind === 'tab') neighbourTab(action.step)
      else if (action.kind === 'help') setHelp(true)
      else {
        const target = document.querySelector<HTMLElement>(`[data-shortcut="${CSS.escape(action.key)}"]`)
        if (!target) return false
        press(target)
      }
      return true
    }
    const onKey = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey || isTyping(event.target))
        return
      if (document.querySelector('[role="dialog"][data-state="open"], [role="menu"]')) return
      const action = actionForKey(event.key, performance.now() < goUntil, nav)
      if (event.key !== 'g') goUntil = 0
      if (action && run(action)) event.preventDefault()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [nav, router])
  return <ShortcutHelp nav={nav} open={help} onOpenChange={setHelp} />
}

type Line = readonly [keys: string, what: string]

const alwaysWith = (command: string): readonly Line[] => [
  [`${command} K`, 'Search'],
  ['/', 'Search'],
  ['Esc', 'Close'],
  ['?', 'Help and this list'],
]
const rows: readonly Line[] = [
  ['j', 'Next row'],
  ['k', 'Row before'],
  ['Enter', 'Open the row'],
]
/** By the words of a list's `data-row-keys`. */
const rowKeys: Readonly<Record<string, Line>> = {
  peek: ['Space', 'Peek at the row'],
  choose: ['x', 'Choose the row'],
  acts: ['.', 'All that can be done with the row'],
}
const tabs: readonly Line[] = [
  ['[', 'Tab to the left'],
  [']', 'Tab to the right'],
]

/** Only what works on this page: its rows, its tabs, and the controls that carry a key. */
function linesOfPage(command: string): Line[] {
  const controls = [...document.querySelectorAll<HTMLElement>('[data-shortcut]')].map(
    (control): Line => [
      control.dataset.shortcut ?? '',
      control.getAttribute('aria-label') ?? control.textContent?.trim() ?? '',
    ],
  )
  return [
    ...alwaysWith(command),
    ...(document.querySelector('[data-row-keys]') ? rows : []),
    ...Object.entries(rowKeys).flatMap(([word, line]) =>
      document.querySelector(`[data-row-keys~="${word}"]`) ? [line] : [],
    ),
    ...(document.querySelector('nav[data-tabs]') ? tabs : []),
    ...controls,
  ]
}

/** What the guide says of this screen; undefined until it has come, and it comes when it is asked for. */
function useHelp(isAsked: boolean): Help | null | undefined {
  const pathname = usePathname()
  const tab = useSearchParams().get('tab')
  const [help, setHelp] = useState<Help | null | undefined>(undefined)
  useEffect(() => {
    if (!isAsked) return
    let isCurrent = true
    void import('@/components/help/help').then(({ helpFor }) => {
      if (isCurrent) setHelp(helpFor(pathname, tab))
    })
    return () => {
      isCurrent = false
    }
  }, [isAsked, pathname, tab])
  return help
}

/** In a tab of its own: what is typed on the page stays where it is. */
const GuideLine = ({ help }: { help: Help | null | undefined }) => (
  <p className="mb-3 min-h-5">
    {help === undefined ? null : help ? (
      <>
        The guide about this page:{' '}
        <a className="link" href={help.href} target="_blank" rel="noreferrer">
          {help.label}
        </a>
        , in a new tab.
      </>
    ) : (
      <>
        The guide has no part about this page:{' '}
        <a className="link" href="/docs" target="_blank" rel="noreferrer">
          all of it
        </a>
        , in a new tab.
      </>
    )}
  </p>
)

function ShortcutHelp(props: {
  nav: readonly Place[]
  open: boolean
  onOpenChange: (open: boolean) => void
}) {
  const command = useCommandKey()
  const help = useHelp(props.open)
  const goes = props.nav.flatMap((item): Line[] =>
    item.key ? [[`g ${item.key}`, `Go to ${item.label}`]] : [],
  )
  const lines = props.open ? [...linesOfPage(command), ...goes] : []
  return (
    <Dialog open={props.open} onOpenChange={props.onOpenChange} title="Help and keyboard" wide>
      <GuideLine help={help} />
      <dl className="grid gap-x-8 md:grid-cols-2">
        {lines.map(([keys, what]) => (
          <div key={keys} className="flex h-8 items-center justify-between border-b">
            <dt>{what}</dt>
            <dd>
              <Kbd>{keys}</Kbd>
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
