import { defineRoutes, route } from '@/lib/http'
import { followAsset, getFollow, unfollowAsset } from '@/lib/notify'
import { followOperation, getFollowOperation, unfollowOperation } from '@/lib/notify/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(getFollowOperation, (ctx, { params }) => getFollow(ctx, params)),
  route(followOperation, (ctx, { params }) => followAsset(ctx, params)),
  route(unfollowOperation, (ctx, { params }) => unfollowAsset(ctx, params)),
)
