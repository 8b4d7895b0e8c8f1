'use client'
import Link from 'next/link'
import { useState } from 'react'
import { useOrigin } from '@/components/settings/use-origin'
import { CodeBlock } from '@/components/ui/code-block'
import { toRoute } from '@/components/ui/route'
import { SegmentedControl } from '@/components/ui/segmented-control'
import type { DatasetVersionResource } from '@/lib/datasets/operations'
import { type CodeLanguage, datasetCode, languages } from './code'

/** Code that reads a version's files, with this portal's own address in it. */
export function DatasetCode({ version }: { version: DatasetVersionResource }) {
  const origin = useOrigin()
  const [language, setLanguage] = useState<CodeLanguage>('Python')
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <SegmentedControl
        label="Language"
        value={language}
        segments={languages.map((one) => ({ value: one, label: one }))}
        onChange={(value) => setLanguage(languages.find((one) => one === value) ?? 'Python')}
      />
      <CodeBlock language={language} code={datasetCode(language, { origin, version })} />
      <p className="text-12 text-muted">
        The key stands in the variable ALMANAC_KEY.{' '}
        <Link className="link" href={toRoute('/settings/keys')}>
          Make an API key
        </Link>
        ; it acts with your rights, or fewer.
      </p>
    </div>
  )
}
