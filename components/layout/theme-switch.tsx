'use client'
import { SunMoon } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { Menu } from '@/components/ui/menu'
import { useThemeSection } from './use-theme'

/** Light, dark or as the system says. On a phone it stands in the person menu. */
export function ThemeSwitch() {
  const section = useThemeSection()
  return (
    <span className="max-md:hidden">
      <Menu
        align="end"
        sections={[section]}
        trigger={
          <Button variant="quiet" size="icon" aria-label="Theme" title="Theme">
            <SunMoon aria-hidden className="size-4" />
          </Button>
        }
      />
    </span>
  )
}
