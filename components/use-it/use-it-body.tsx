'use client'
import Link from 'next/link'
import { useState } from 'react'
import { helpSentence } from '@/components/layout/not-ready'
import { Callout } from '@/components/ui/callout'
import { CodeBlock } from '@/components/ui/code-block'
import { ErrorState } from '@/components/ui/error-state'
import { RefusedState } from '@/components/ui/refused-state'
import { toRoute } from '@/components/ui/route'
import { SegmentedControl } from '@/components/ui/segmented-control'
import { Skeleton } from '@/components/ui/skeleton'
import { ProblemError } from '@/lib/api-client'
import { type ExampleKey, offeredAssets, shownFeatures, type UsableAsset } from './asset'
import { EndedNote } from './ended-note'
import { type Language, languages, languagesOf, snippet } from './snippets'
import { TryIt } from './try-it'
import { useExample } from './use-example'

interface UseItBodyProps {
  asset: UsableAsset
  environment: string
}

/** Why the code holds no example. */
function NoExample({ error }: { error: Error }) {
  if (!(error instanceof ProblemError)) {
    return (
      <ErrorState title="No example key" problem={{ detail: 'The portal did not answer as expected.' }} />
    )
  }
  const { problem } = error
  if (problem.code === 'forbidden') {
    return <RefusedState because={problem.detail} help={helpSentence(problem.decision)} />
  }
  return <ErrorState title="No example key" problem={problem} />
}

function Code({ asset, environment, example }: UseItBodyProps & { example: ExampleKey | null }) {
  const [language, setLanguage] = useState<Language>('Python')
  const input = { asset, origin: window.location.origin, environment, example }
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <SegmentedControl
        label="Language"
        value={language}
        segments={languagesOf(input).map((one) => ({ value: one, label: one }))}
        onChange={(value) => setLanguage(languages.find((one) => one === value) ?? 'Python')}
      />
      <p className="text-12 text-muted">
        No key yet?{' '}
        <Link className="link" href={toRoute('/settings/keys/new')} target="_blank">
          Make an API key
        </Link>{' '}
        in another tab; it acts with your rights, or fewer.
      </p>
      <CodeBlock language={language} code={snippet(language, input)} />
      {asset.features.length > shownFeatures ? (
        <p className="text-12">
          The code names the first {shownFeatures} of {asset.features.length} features; the others are named
          the same way.
        </p>
      ) : null}
    </div>
  )
}

/** A grace of a key is none of who sits here. */
const readsFromHere = ({ ended = [] }: UsableAsset) => ended.every(({ grace }) => grace?.of !== 'key')

/** A read from here, and the code that does the same; both with the key that stands in the fields. */
function Ready({ asset, environment, example }: UseItBodyProps & { example: ExampleKey | null }) {
  const [values, setValues] = useState(example?.values ?? [])
  return (
    <>
      {asset.online && example && readsFromHere(asset) ? (
        <TryIt asset={asset} environment={environment} values={values} onValues={setValues} />
      ) : null}
      <Code asset={asset} environment={environment} example={example && { ...example, values }} />
    </>
  )
}

/** Waits for a key that exists; says why when there is none. */
function CodeOf({ asset, environment }: UseItBodyProps) {
  const example = useExample(asset, environment)
  if (example.isPending) return <Skeleton className="h-96" />
  const found = example.data ?? null
  return (
    <div className="flex flex-col gap-4">
      {example.error ? <NoExample error={example.error} /> : null}
      {found === null && !example.error ? (
        <Callout>No row has arrived yet, so the names of the keys stand where a key belongs.</Callout>
      ) : null}
      <Ready asset={asset} environment={environment} example={found} />
    </div>
  )
}

/** Code that would be answered 410 is not offered: what takes its place is. */
export function UseItBody({ asset, environment }: UseItBodyProps) {
  const { ended = [] } = asset
  const offered = offeredAssets(asset)
  const [chosen, setChosen] = useState(0)
  const shown = offered[chosen]
  return (
    <div className="flex flex-col gap-4">
      {ended.map((one) => (
        <EndedNote key={one.name} ended={one} />
      ))}
      {offered.length > 1 ? (
        <SegmentedControl
          label="Code that reads"
          value={String(chosen)}
          segments={offered.map((one, at) => ({ value: String(at), label: `${one.group}@${one.version}` }))}
          onChange={(value) => setChosen(Number(value))}
        />
      ) : null}
      {shown ? (
        <CodeOf key={`${shown.group}@${shown.version}`} asset={shown} environment={environment} />
      ) : null}
    </div>
  )
}
