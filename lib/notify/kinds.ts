/** What a notice can be about, in the order in which preferences list them. Client-safe. */
export const noticeKinds = [
  'mention',
  'comment',
  'review_requested',
  'review_decided',
  'review_due',
  'deprecation',
  'sunset',
  'retirement',
  'contract',
  'ownership',
  'announcement',
  'certification',
  'feedback',
  'change',
] as const
export type NoticeKind = (typeof noticeKinds)[number]

/** Whoever is not told of these finds out when something stops, or leaves somebody else waiting. */
export const alwaysTold: readonly NoticeKind[] = ['sunset', 'retirement', 'ownership']

/** Assets of the catalogue, and what everybody with a role may know of: a team, the portal itself. */
export const noticeAssetKinds = [
  'group',
  'feature',
  'service',
  'dataset',
  'entity',
  'source',
  'team',
  'portal',
] as const
export type NoticeAssetKind = (typeof noticeAssetKinds)[number]
