'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { onDemand } from '@/components/ui/on-demand'
import { Section } from '@/components/ui/section'
import type { ExampleAsset, ExampleList } from '@/lib/examples/operations'
import { Example } from './example'

const { fetch: fetchForm, usePart } = onDemand(async () => ({
  default: (await import('./example-form')).ExampleForm,
}))

interface ExamplesSectionProps {
  asset: ExampleAsset
  list: ExampleList
  /** Features that a first request can name. */
  features: readonly string[]
}

/** How an asset is read, with what came of the last look at each example. */
export function ExamplesSection({ asset, list, features }: ExamplesSectionProps) {
  const router = useRouter()
  const [isAdding, setAdding] = useState(false)
  const ExampleForm = usePart(isAdding)
  const { data, change } = list
  if (data.length === 0 && !change.allowed) return null
  const changed = () => {
    setAdding(false)
    router.refresh()
  }
  return (
    <Section
      id="examples"
      title="Examples"
      className="scroll-mt-16"
      note={
        data.length > 0
          ? 'Looked at once a day, as nobody’s read. Run calls the product with your rights, as your read.'
          : undefined
      }
      aside={
        change.allowed && !isAdding ? (
          <Button size="small" onPointerEnter={() => void fetchForm()} onClick={() => setAdding(true)}>
            Add an example
          </Button>
        ) : null
      }
    >
      {ExampleForm ? (
        <ExampleForm asset={asset} features={features} onDone={changed} onCancel={() => setAdding(false)} />
      ) : null}
      {data.length === 0 && !isAdding ? <p className="text-muted">Nobody has shown how it is read.</p> : null}
      <ul className={data.length > 0 ? 'border-b' : undefined}>
        {data.map((example) => (
          <Example key={example.id} example={example} mayRemove={change.allowed} onRemoved={changed} />
        ))}
      </ul>
    </Section>
  )
}
