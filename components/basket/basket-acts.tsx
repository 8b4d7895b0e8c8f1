'use client'
import { useRouter } from 'next/navigation'
import type { ReactNode } from 'react'
import { Button, ButtonLink } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { useCopy } from '@/components/ui/copy-button'
import { MarkedProse } from '@/components/ui/marked-prose'
import { toRoute } from '@/components/ui/route'
import { toast } from '@/components/ui/toast'
import { basketHref, type ComparedFeature } from './compared'
import { useChangeBasket } from './use-basket'

interface BasketActsProps {
  references: readonly string[]
  environment: string
  isOwn: boolean
  /** The code that reads them. */
  children: ReactNode
}

const inEnvironment = (environment: string) =>
  environment === 'prod' ? '' : `&environment=${encodeURIComponent(environment)}`

/** What is made of a basket, the link that shows it to somebody else, and the act that empties it. */
export function BasketActs({ references, environment, isOwn, children }: BasketActsProps) {
  const router = useRouter()
  const change = useChangeBasket(() => router.refresh())
  const names = references.join(',')
  const rest = inEnvironment(environment)
  const clear = () =>
    change.mutate(
      { replace: [] },
      {
        onSuccess: () =>
          toast(`Basket cleared`, {
            action: { label: 'Undo', onClick: () => change.mutate({ replace: [...references] }) },
          }),
        onError: ({ problem }) => toast(problem.detail),
      },
    )
  return (
    <>
      <CopyLink references={references} environment={environment} />
      {isOwn ? (
        <Button pending={change.isPending} onClick={clear}>
          Clear
        </Button>
      ) : null}
      {children}
      <ButtonLink href={`/datasets/new?features=${names}${rest}`}>Build a dataset</ButtonLink>
      <ButtonLink variant="primary" href={`/register/service?features=${names}${rest}`}>
        Create a service
      </ButtonLink>
    </>
  )
}

const copyWords = { idle: 'Copy link', copied: 'Copied', failed: 'Not allowed by the browser' }

function CopyLink({ references, environment }: Pick<BasketActsProps, 'references' | 'environment'>) {
  const { state, copy } = useCopy()
  return (
    <Button
      variant="quiet"
      title="A link that shows these features to somebody else"
      onClick={() => copy(`${window.location.origin}${basketHref(references, environment)}`)}
    >
      <span aria-live="polite">{copyWords[state]}</span>
    </Button>
  )
}

/** What a link shows is not what the reader keeps, until they say so. */
export function TakeLinked({ references, own }: { references: readonly string[]; own: readonly string[] }) {
  const router = useRouter()
  const change = useChangeBasket(() => router.push(toRoute('/basket')))
  const missing = references.filter((one) => !own.includes(one))
  return (
    <Callout
      title="From a link"
      action={
        missing.length > 0 ? (
          <Button size="small" pending={change.isPending} onClick={() => change.mutate({ add: missing })}>
            Add them to my basket
          </Button>
        ) : (
          <ButtonLink size="small" href="/basket">
            Show my basket
          </ButtonLink>
        )
      }
    >
      {missing.length > 0
        ? 'These features are not kept for you yet.'
        : 'All of these are in your basket already.'}
      {change.error ? (
        <span className="block text-fail">
          <MarkedProse text={change.error.problem.detail} />
        </span>
      ) : null}
    </Callout>
  )
}

/** A feature whose version is on its way out, with the one that takes its place. */
export function SwapLeaving({
  feature,
  references,
  isOwn,
}: {
  feature: ComparedFeature
  references: readonly string[]
  isOwn: boolean
}) {
  const router = useRouter()
  const change = useChangeBasket(() => router.refresh())
  const { swap, reference, lifecycle, replacement, sunset_at: sunset } = feature
  const until = sunset ? ` Reads end on ${sunset.slice(0, 10)}.` : ''
  const instead =
    swap === null
      ? replacement === null
        ? ' Nothing is named to take its place.'
        : ` ${replacement} takes its place and has no feature of this name.`
      : ` ${swap} takes its place.`
  return (
    <Callout
      tone="warn"
      title={`${reference} is ${lifecycle}`}
      action={
        isOwn && swap !== null ? (
          <Button
            size="small"
            pending={change.isPending}
            onClick={() =>
              change.mutate({ replace: references.map((one) => (one === reference ? swap : one)) })
            }
          >
            Swap
          </Button>
        ) : null
      }
    >
      <span>
        {until}
        {instead}
        {change.error ? <span className="block text-fail">{change.error.problem.detail}</span> : null}
      </span>
    </Callout>
  )
}

/** Names that lead nowhere for this reader any more. */
export function Gone({ gone, isOwn, kept }: { gone: readonly string[]; isOwn: boolean; kept: string[] }) {
  const router = useRouter()
  const change = useChangeBasket(() => router.refresh())
  if (gone.length === 0) return null
  return (
    <Callout
      tone="warn"
      title="Not there for you"
      action={
        isOwn ? (
          <Button size="small" pending={change.isPending} onClick={() => change.mutate({ replace: kept })}>
            Take out
          </Button>
        ) : null
      }
    >
      <span>
        <span className="font-mono text-12">{gone.join(', ')}</span>: removed, not served here, or no longer
        open to you.
        {change.error ? <span className="block text-fail">{change.error.problem.detail}</span> : null}
      </span>
    </Callout>
  )
}
