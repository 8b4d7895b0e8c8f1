import type { DocumentedAsset } from '@/lib/documentation/operations'

export const documentationPath = ({ kind, name }: DocumentedAsset) =>
  `/api/v1/documentation/${kind}/${encodeURIComponent(name)}`
