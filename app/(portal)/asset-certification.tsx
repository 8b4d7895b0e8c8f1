import { CertificationMark } from '@/components/certification/certification-mark'
import { getCertification } from '@/lib/certification'
import type { CertifiableAsset } from '@/lib/certification/operations'
import { load } from '@/lib/http/page-context'

/** The word beside an asset's title. */
export async function AssetCertification({ kind, name }: CertifiableAsset) {
  const loaded = await load((ctx) => getCertification(ctx, { kind, name }))
  return loaded.state === 'ready' ? <CertificationMark key={name} certification={loaded.value} /> : null
}
