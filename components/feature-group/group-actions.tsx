'use client'
import { MoreHorizontal } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { RestoreDialog } from '@/components/archive/restore-form'
import { restorePath } from '@/components/archive/words'
import { IconButton } from '@/components/ui/button'
import { Menu, type MenuItem } from '@/components/ui/menu'
import { toast } from '@/components/ui/toast'

interface Act {
  allowed: boolean
  because: string
}

interface GroupActionsProps {
  group: string
  version: number
  state: string
  ingestHref: string
  deprecateHref: string
  archiveHref: string
  /** What restoring would make of it. */
  restoreEffect: string
  quarantineHref: string
  /** Null without a transformation. */
  runsHref: string | null
  /** What waits for a decision; null when nothing does. */
  review: { label: string; href: string } | null
  /** Where another feature group can be made out of this one's definition: its document in the interface. */
  definitionHref: string
  acts: { update: Act; ingest: Act; deprecate: Act }
  /** The one primary action. */
  children: ReactNode
}

const item = (act: Act, one: MenuItem): MenuItem =>
  act.allowed ? one : { label: one.label, disabledBecause: act.because }

const copyText = (text: string, what: string) => () => {
  navigator.clipboard.writeText(text).then(
    () => toast(`Copied ${what}`),
    () => toast('The browser did not allow copying'),
  )
}

/** The next step of its life, and the last one taken back. */
function lifecycleItems({ state, acts, ...props }: GroupActionsProps, restore: () => void): MenuItem[] {
  const may = (one: MenuItem) => item(acts.deprecate, one)
  const restoring = may({ label: 'Restore…', onSelect: restore })
  const archiving = may({ label: 'Archive…', href: props.archiveHref, danger: true })
  if (state === 'active') {
    return [may({ label: 'Deprecate…', href: props.deprecateHref, danger: true }), archiving]
  }
  if (state === 'deprecated') return [restoring, archiving]
  return state === 'archived' ? [restoring] : []
}

/** Use it, and behind the three points whatever else can be done with the version. */
export function GroupActions(props: GroupActionsProps) {
  const { group, version, acts } = props
  const [restoring, setRestoring] = useState(false)
  const lifecycle = lifecycleItems(props, () => setRestoring(true))
  const rows: MenuItem[] = [
    item(acts.ingest, { label: 'Ingest rows…', href: props.ingestHref }),
    item(acts.ingest, { label: 'Quarantined rows…', href: props.quarantineHref }),
    ...(props.runsHref ? [{ label: 'Runs of its transformation…', href: props.runsHref }] : []),
  ]
  const review: MenuItem[] = props.review ? [{ ...props.review }] : []
  const page = `/groups/${encodeURIComponent(group)}`
  const changing: MenuItem[] = [
    item(acts.update, { label: 'Edit what is said of it…', href: `${page}/edit` }),
    ...(props.state === 'archived'
      ? []
      : [item(acts.update, { label: 'Change the definition…', href: `${page}/new-version` })]),
  ]
  const copying: MenuItem[] = [
    { label: 'Copy full name', onSelect: copyText(`${group}@${version}`, `${group}@${version}`) },
    {
      label: 'Copy address of this page',
      onSelect: () => copyText(window.location.href, 'the address')(),
    },
    item(acts.ingest, {
      label: 'Announce…',
      href: `/settings/announcements?asset=${encodeURIComponent(`group:${group}`)}`,
    }),
    item(acts.ingest, {
      label: 'Hand to another team…',
      href: `/settings/ownership/new?asset=${encodeURIComponent(`group:${group}`)}`,
    }),
    { label: 'Register like this…', href: `/register?like=${encodeURIComponent(group)}` },
    { label: 'Open definition as JSON', onSelect: () => window.open(props.definitionHref, '_blank') },
  ]
  return (
    <>
      {props.children}
      <Menu
        align="end"
        trigger={
          <IconButton label="More actions" shortcut="." variant="secondary" data-shortcut=".">
            <MoreHorizontal aria-hidden className="size-4" />
          </IconButton>
        }
        sections={[
          { items: changing },
          { items: rows },
          ...(review.length + lifecycle.length > 0 ? [{ items: [...review, ...lifecycle] }] : []),
          { items: copying },
        ]}
      />
      <RestoreDialog
        name={`${group}@${version}`}
        path={restorePath(group, version)}
        effect={props.restoreEffect}
        open={restoring}
        onOpenChange={setRestoring}
      />
    </>
  )
}
