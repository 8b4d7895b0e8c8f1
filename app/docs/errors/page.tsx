import type { Metadata } from 'next'
import Link from 'next/link'
import { errorTexts, isErrorTextCode } from '@/lib/core/error-texts'
import { HardFoot } from '../hard-foot'

export const metadata: Metadata = { title: 'Problem types' }

export default function ErrorTypesPage() {
  const codes = Object.keys(errorTexts).filter(isErrorTextCode)
  return (
    <main className="mx-auto max-w-[68ch] p-6">
      <h1 className="font-title text-title">Problem types</h1>
      <p className="mt-4">
        Every failure of the interface is a problem document (RFC 9457). Its <code>type</code> leads to one of
        these pages.
      </p>
      <dl className="mt-4">
        {codes.map((code) => (
          <div key={code} className="border-hairline border-t py-2">
            <dt>
              <Link href={`/docs/errors/${code}`}>{errorTexts[code].title}</Link>{' '}
              <code className="text-muted">{code}</code>
            </dt>
            <dd className="text-muted">{errorTexts[code].what}</dd>
          </div>
        ))}
      </dl>
      <HardFoot path="/docs/errors" />
    </main>
  )
}
