import type { Metadata } from 'next'
import { ButtonLink } from '@/components/ui/button'
import { peekSignInLink } from '@/lib/identity'
import { LinkForm } from './link-form'

export const metadata: Metadata = { title: 'Sign in by link' }

export default async function SignInLinkPage({ searchParams }: PageProps<'/sign-in/link'>) {
  const { token } = await searchParams
  const given = typeof token === 'string' ? token : ''
  const person = await peekSignInLink(given, new Date())
  if (!person) {
    return (
      <>
        <h1 className="font-medium font-title text-28">This link no longer works</h1>
        <p>
          A link signs in once and for 24 hours. Ask whoever sent it for a new one; on the machine that runs
          Almanac <code className="font-mono text-12">npm run almanac -- links</code> makes new ones.
        </p>
        <ButtonLink href="/sign-in">Sign in with a password</ButtonLink>
      </>
    )
  }
  return (
    <>
      <h1 className="font-medium font-title text-28">Sign in to Almanac</h1>
      <LinkForm token={given} name={person.name} email={person.email} />
    </>
  )
}
