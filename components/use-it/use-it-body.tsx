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
import type { UsableAsset } from './asset'
import { type Language, languages, snippet } from './snippets'
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

/** Languages, the code, and a read from here. */
export function UseItBody({ asset, environment }: UseItBodyProps) {
  const [language, setLanguage] = useState<Language>('Python')
  const example = useExample(asset, environment)
  if (example.isPending) return <Skeleton className="h-96" />
  const key = example.data ?? null
  const choose = (value: string) => setLanguage(languages.find((one) => one === value) ?? 'Python')
  return (
    <div className="flex flex-col gap-4">
      <SegmentedControl
        label="Language"
        value={language}
        segments={languages.map((one) => ({ value: one, label: one }))}
        onChange={choose}
      />
      {example.error ? <NoExample error={example.error} /> : null}
      {key === null && !example.error ? (
        <Callout>No row has arrived yet, so the names of the keys stand where a key belongs.</Callout>
      ) : null}
      <CodeBlock
        language={language}
        code={snippet(language, { asset, origin: window.location.origin, environment, example: key })}
      />
      <p className="text-12 text-muted">
        No key yet?{' '}
        <Link className="link" href={toRoute('/settings/keys')}>
          Create an API key
        </Link>
        ; it acts with your rights, or fewer.
      </p>
      {asset.online && key && !example.error ? (
        <TryIt asset={asset} environment={environment} example={key} />
      ) : null}
    </div>
  )
}
