export { type Notice, type NoticeAsset, notify } from './notify'
