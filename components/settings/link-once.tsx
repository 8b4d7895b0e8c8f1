'use client'
import { Callout } from '@/components/ui/callout'
import { Time } from '@/components/ui/time'
import { SecretLine } from './secret-line'
import { useOrigin } from './use-origin'

export interface SignInLink {
  path: string
  expires_at: string
}

/** A link that signs somebody in once, shown once. */
export function LinkOnce({ link, person }: { link: SignInLink; person: string }) {
  const origin = useOrigin()
  return (
    <div className="flex flex-col gap-2">
      <Callout tone="ok" title={`A link for ${person}`}>
        It signs in once, until <Time at={link.expires_at} />. Hand it over now: it cannot be shown again.
      </Callout>
      <SecretLine text={`${origin}${link.path}`} what="link" />
    </div>
  )
}
