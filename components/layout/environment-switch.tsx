'use client'
import { ChevronsUpDown } from 'lucide-react'
import { usePathname, useSearchParams } from 'next/navigation'
import { Button } from '@/components/ui/button'
import { Menu } from '@/components/ui/menu'
import { withParams } from '@/components/ui/route'

export interface EnvironmentSwitchProps {
  environments: readonly string[]
  /** What `?environment=` means when it is absent. */
  fallback: string
}

/** The environment is a part of the address, so that a link shows the same numbers to everyone. */
export function EnvironmentSwitch({ environments, fallback }: EnvironmentSwitchProps) {
  const pathname = usePathname()
  const params = useSearchParams()
  const current = params.get('environment') ?? fallback
  return (
    <Menu
      align="end"
      trigger={
        <Button variant="quiet" size="small" aria-label={`Environment: ${current}`}>
          <span className="font-mono">{current}</span>
          <ChevronsUpDown aria-hidden className="size-3.5" />
        </Button>
      }
      sections={[
        {
          label: 'Environment',
          items: environments.map((name) => ({
            label: name,
            checked: name === current,
            href: withParams(pathname, params.toString(), { environment: name === fallback ? null : name }),
          })),
        },
      ]}
    />
  )
}
