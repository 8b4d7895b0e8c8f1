import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { type ErrorTextCode, errorTexts, isErrorTextCode } from '@/lib/core/error-texts'
import { HardFoot } from '../../hard-foot'

interface Props {
  params: Promise<{ code: string }>
}

export const generateStaticParams = (): { code: ErrorTextCode }[] =>
  Object.keys(errorTexts)
    .filter(isErrorTextCode)
    .map((code) => ({ code }))

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { code } = await params
  return { title: isErrorTextCode(code) ? errorTexts[code].title : 'Unknown problem type' }
}

export default async function ErrorTypePage({ params }: Props) {
  const { code } = await params
  if (!isErrorTextCode(code)) notFound()
  const { title, what, remedy } = errorTexts[code]
  return (
    <main className="mx-auto max-w-[68ch] p-6">
      <p className="text-muted">
        <Link href="/docs/errors">Problem types</Link> · <code>{code}</code>
      </p>
      <h1 className="mt-2 font-title text-title">{title}</h1>
      <p className="mt-4">{what}</p>
      <h2 className="mt-4 font-medium">What to do</h2>
      <p className="mt-1">{remedy}</p>
      <HardFoot path={`/docs/errors/${code}`} />
    </main>
  )
}
