'use client'
import { useSearchParams } from 'next/navigation'
import { useChangeBasket } from '@/components/basket/use-basket'
import { useChosenRows } from '@/components/data-table/chosen-rows'
import { Button, ButtonLink } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { formatCount, plural } from '@/components/ui/format-number'
import { toast } from '@/components/ui/toast'

const nameOf = (id: string) => id.slice(id.indexOf('/') + 1)

/** Into the basket, a dataset or a service: what is done with features. */
function FeatureActs({ features }: { features: readonly string[] }) {
  const change = useChangeBasket()
  const environment = useSearchParams().get('environment')
  const rest = environment === null ? '' : `&environment=${encodeURIComponent(environment)}`
  const names = features.join(',')
  const add = () =>
    change.mutate(
      { add: [...features] },
      {
        onSuccess: ({ meta }) => toast(`The basket holds ${plural(meta.total, 'feature')}`),
        onError: ({ problem }) => toast(problem.detail),
      },
    )
  return (
    <>
      <Button size="small" pending={change.isPending} onClick={add}>
        Add to the basket
      </Button>
      <ButtonLink size="small" href={`/datasets/new?features=${names}${rest}`}>
        Build a dataset
      </ButtonLink>
      <ButtonLink size="small" href={`/register/service?features=${names}${rest}`}>
        Create a service
      </ButtonLink>
    </>
  )
}

/** What is done with the chosen rows of the catalogue. */
export function CatalogBulk() {
  const { ids, clear } = useChosenRows()
  const features = ids.filter((id) => id.startsWith('feature/')).map(nameOf)
  const others = ids.length - features.length
  return (
    <>
      <span className="text-12">
        <span className="num font-medium">{formatCount(ids.length)}</span> chosen
      </span>
      {features.length > 0 ? <FeatureActs features={features} /> : null}
      {features.length > 0 && others > 0 ? (
        <span className="text-12 text-muted">of {plural(features.length, 'feature')}</span>
      ) : null}
      <CopyButton text={ids.map(nameOf).join('\n')} what="the names" withWord className="h-7 text-12" />
      <Button size="small" variant="quiet" onClick={clear}>
        Choose none
      </Button>
    </>
  )
}
