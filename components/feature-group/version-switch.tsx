'use client'
import { ChevronDown } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { Menu } from '@/components/ui/menu'

export interface VersionChoice {
  version: number
  /** "active, promoted in prod". */
  detail: string
  href: string
}

interface VersionSwitchProps {
  version: number
  choices: readonly VersionChoice[]
}

/** `@2` beside the title; a menu when there are others. */
export function VersionSwitch({ version, choices }: VersionSwitchProps) {
  if (choices.length < 2) return <span className="font-mono text-15 text-muted">@{version}</span>
  return (
    <Menu
      trigger={
        <Button variant="quiet" size="small" aria-label={`Version ${version}; choose another`}>
          <span className="font-mono text-15">@{version}</span>
          <ChevronDown aria-hidden className="size-3.5" />
        </Button>
      }
      sections={[
        {
          label: 'Versions',
          items: choices.map((choice) => ({
            label: `@${choice.version} · ${choice.detail}`,
            href: choice.href,
            checked: choice.version === version,
          })),
        },
      ]}
    />
  )
}
