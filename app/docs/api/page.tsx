import type { Metadata } from 'next'
import { referenceOf } from '@/components/reference/reference'
import { ReferencePage } from '@/components/reference/reference-page'
import { currentDocument } from '@/lib/openapi'
import { HardFoot } from '../hard-foot'

export const metadata: Metadata = { title: 'API reference' }

/** The interface does not change while the portal runs. */
const reference = referenceOf(currentDocument())

export default function ApiReferencePage() {
  return <ReferencePage reference={reference} foot={<HardFoot path="/docs/api" />} />
}
