/** Assets whose changes somebody can follow. */
export const followedKinds = ['group', 'feature', 'service', 'dataset', 'entity', 'source'] as const
export type FollowedKind = (typeof followedKinds)[number]
