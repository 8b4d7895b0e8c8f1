import { headers } from 'next/headers'
import Link from 'next/link'
import { WasThisHard } from '@/components/feedback/was-this-hard'
import { DraftOwner } from '@/components/forms/draft-owner'
import { toRoute } from '@/components/ui/route'
import { authenticateSession } from '@/lib/identity'

/** At the foot of every page under /docs; who is not signed in has nobody to be told by what became of it. */
export async function HardFoot({ path }: { path: string }) {
  const reader = await authenticateSession((await headers()).get('cookie'))
  return (
    <footer className="mt-6 flex max-w-[68ch] flex-col">
      {reader ? (
        <DraftOwner person={reader.id}>
          <WasThisHard kind="documentation" />
        </DraftOwner>
      ) : (
        <p className="flex flex-wrap items-center gap-x-1 text-12 text-muted max-md:min-h-11">
          Was this hard?
          <Link
            className="link inline-flex items-center max-md:min-h-11"
            href={toRoute(`/sign-in?callbackUrl=${encodeURIComponent(path)}`)}
          >
            Sign in to say so
          </Link>
        </p>
      )}
    </footer>
  )
}
