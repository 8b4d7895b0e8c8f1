import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { toRoute } from '@/components/ui/route'
import { authenticateSession } from '@/lib/identity'
import { ownPath } from '../own-path'
import { PasswordForm } from './password-form'

export const metadata: Metadata = { title: 'Sign in' }

export default async function SignInPage({ searchParams }: PageProps<'/sign-in'>) {
  const { callbackUrl } = await searchParams
  const target = ownPath(callbackUrl)
  const actor = await authenticateSession((await headers()).get('cookie'))
  if (actor) redirect(toRoute(target))
  return (
    <>
      <div className="flex flex-col gap-2">
        <h1 className="font-medium font-title text-28">Sign in to Almanac</h1>
        <p className="text-muted">
          The features that models read: what they mean, who owns them, whether they are healthy.
        </p>
      </div>
      <PasswordForm callbackUrl={target} />
      <p className="text-muted">
        No password yet? A one-time link signs you in and lets you choose one. An administrator makes it, or{' '}
        <code className="font-mono text-12">npm run almanac -- links</code> on the machine that runs Almanac.
      </p>
    </>
  )
}
