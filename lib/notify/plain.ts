export { followedKinds } from './followed-kinds'
export { noticeKinds } from './kinds'
