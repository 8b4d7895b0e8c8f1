import { redirect } from 'next/navigation'
import { toRoute } from '@/components/ui/route'

export default function SettingsPage() {
  redirect(toRoute('/settings/keys'))
}
