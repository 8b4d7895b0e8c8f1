import type { ReactNode } from 'react'
import { PageHeader } from '@/components/layout/page-header'
import { ButtonLink } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { plural } from '@/components/ui/format-number'
import { Kbd } from '@/components/ui/kbd'
import { usableSelection } from '@/components/use-it/asset'
import { UseIt } from '@/components/use-it/use-it'
import { mostFeatures } from '@/lib/basket/operations'
import { BasketActs, Gone, SwapLeaving, TakeLinked } from './basket-acts'
import type { ComparedBasket, ComparedFeature } from './compared'
import { ComparisonTable } from './comparison-table'

/** Each group version once, to look for a key that exists. */
const groupsOf = (features: readonly ComparedFeature[]) => [
  ...new Map(
    features.map(({ group, version, keys, timestampKey, online, ended }) => [
      `${group}@${version}`,
      { group, version, keys, timestampKey, online, ended },
    ]),
  ).values(),
]

interface BasketPageProps extends ComparedBasket {
  references: readonly string[]
  own: readonly string[]
  isLinked: boolean
  environment: string
  /** Under the table: how the features move together. */
  correlation: ReactNode
}

function Empty() {
  return (
    <EmptyState
      title="Nothing is in the basket"
      action={<ButtonLink href="/catalog?kind=feature">Browse features</ButtonLink>}
    >
      Put features in with the basket beside their names, or with <Kbd>b</Kbd> on a row. They are kept for you
      on every machine, at most {mostFeatures} at a time, and compared here.
    </EmptyState>
  )
}

/** Features side by side, and what can be made of them. */
export function BasketPage(props: BasketPageProps) {
  const { features, gone, references, own, isLinked, environment, correlation } = props
  const leaving = features.filter(({ lifecycle }) => lifecycle === 'deprecated' || lifecycle === 'archived')
  const usable = features.map(({ reference }) => reference)
  return (
    <>
      <PageHeader
        title="Basket"
        description={
          references.length === 0
            ? undefined
            : `${plural(references.length, 'feature')} side by side in ${environment}, of at most ${mostFeatures}.`
        }
        actions={
          usable.length > 0 ? (
            <BasketActs references={usable} environment={environment} isOwn={!isLinked}>
              <UseIt
                asset={usableSelection('these features', { features: usable }, groupsOf(features))}
                environment={environment}
                mayRead={false}
              />
            </BasketActs>
          ) : null
        }
      />
      <div className="flex flex-col gap-3">
        {isLinked ? <TakeLinked references={usable} own={own} /> : null}
        <Gone gone={gone} isOwn={!isLinked} kept={usable} />
        {leaving.map((feature) => (
          <SwapLeaving key={feature.reference} feature={feature} references={references} isOwn={!isLinked} />
        ))}
        {features.length > 0 ? <ComparisonTable features={features} isOwn={!isLinked} /> : null}
        {references.length === 0 ? <Empty /> : null}
      </div>
      {correlation ? <div className="mt-8">{correlation}</div> : null}
    </>
  )
}
