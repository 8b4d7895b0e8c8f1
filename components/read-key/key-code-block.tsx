'use client'
import { useState } from 'react'
import { CodeBlock } from '@/components/ui/code-block'
import { SegmentedControl } from '@/components/ui/segmented-control'
import { type KeyCall, type KeyLanguage, keyCode, keyLanguages } from './key-code'

/** The same read as code to take away. `path` is below the portal's own origin. */
export function KeyCodeBlock({ path, body }: { path: string; body: KeyCall['body'] }) {
  const [language, setLanguage] = useState<KeyLanguage>('cURL')
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <SegmentedControl
        label="Language"
        value={language}
        segments={keyLanguages.map((one) => ({ value: one, label: one }))}
        onChange={(value) => setLanguage(keyLanguages.find((one) => one === value) ?? 'cURL')}
      />
      <CodeBlock
        language={language}
        label={`${language} code of this read`}
        code={keyCode(language, { url: `${window.location.origin}${path}`, body })}
      />
    </div>
  )
}
