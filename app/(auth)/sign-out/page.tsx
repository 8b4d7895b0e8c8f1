import type { Metadata } from 'next'
import { Button, ButtonLink } from '@/components/ui/button'
import { signOut } from '../actions'

export const metadata: Metadata = { title: 'Sign out' }

export default function SignOutPage() {
  return (
    <>
      <h1 className="font-medium font-title text-28">Sign out</h1>
      <p>The session ends on this device. API keys go on working.</p>
      <form action={signOut} className="flex gap-2">
        <Button type="submit" variant="primary">
          Sign out
        </Button>
        <ButtonLink href="/">Stay</ButtonLink>
      </form>
    </>
  )
}
