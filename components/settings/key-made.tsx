'use client'
import { Button, ButtonLink } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { CodeBlock } from '@/components/ui/code-block'
import { limitsSentence } from './key-words'
import { SecretLine } from './secret-line'
import type { NewKey } from './use-key-form'
import { useOrigin } from './use-origin'

const tryIt = (origin: string, secret: string) =>
  [
    `export ALMANAC_URL=${origin}`,
    `export ALMANAC_KEY=${secret}`,
    'curl -s "$ALMANAC_URL/api/v1/me" -H "Authorization: Bearer $ALMANAC_KEY"',
  ].join('\n')

interface KeyMadeProps {
  made: NewKey
  owner: string
  onAnother: () => void
}

/** The secret, once, with the first request that uses it. */
export function KeyMade({ made, owner, onAnother }: KeyMadeProps) {
  const origin = useOrigin()
  return (
    <div className="flex max-w-180 flex-col gap-4">
      <Callout tone="ok" title={`${made.name} is made`}>
        It may {limitsSentence(made, owner)}. Copy the secret now: it is stored nowhere and cannot be shown
        again.
      </Callout>
      <SecretLine text={made.secret} what="secret" />
      <CodeBlock language="Shell" code={tryIt(origin, made.secret)} />
      <div className="flex flex-wrap gap-2">
        <ButtonLink variant="primary" href="/catalog?kind=feature">
          Find a feature to read
        </ButtonLink>
        <ButtonLink href="/settings/keys">All keys</ButtonLink>
        <Button onClick={onAnother}>Make another</Button>
      </div>
    </div>
  )
}
