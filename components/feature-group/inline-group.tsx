import type { ReactNode } from 'react'
import { InlineEdit } from '@/components/edit/inline/inline-edit'
import type { GroupResource } from '@/lib/registry/operations'

const members = {
  description: {
    label: 'Meaning',
    kind: 'text',
    control: 'area',
    optional: false,
    hint: undefined,
    shortcut: 'e',
  },
  note: {
    label: 'Note',
    kind: 'text',
    control: 'area',
    optional: true,
    hint: 'What a reader should know first.',
    shortcut: undefined,
  },
  tags: {
    label: 'Tags',
    kind: 'words',
    control: 'text',
    optional: false,
    hint: 'Separated by spaces or commas.',
    shortcut: undefined,
  },
  cadence: {
    label: 'Rows promised',
    kind: 'text',
    control: 'text',
    optional: true,
    hint: 'ISO 8601, such as P1D; empty: no promise.',
    shortcut: undefined,
  },
} as const

interface InlineGroupProps {
  group: GroupResource
  member: keyof typeof members
  /** The reader may change it, and the page shows the group as it is now. */
  may: boolean
  children: ReactNode
}

/** A text of a group, changed where it stands by who may; for everybody else the text alone. */
export function InlineGroup({ group, member, may, children }: InlineGroupProps) {
  if (!may) return children
  const { label, kind, control, optional, hint, shortcut } = members[member]
  const value = group[member]
  return (
    <InlineEdit
      of={{ path: `/api/v1/feature-groups/${encodeURIComponent(group.name)}`, member, kind, optional }}
      asset={group.name}
      etag={group.etag}
      text={Array.isArray(value) ? value.join(' ') : (value ?? '')}
      label={label}
      control={control}
      {...(hint ? { hint } : {})}
      {...(shortcut ? { shortcut } : {})}
    >
      {children}
    </InlineEdit>
  )
}
