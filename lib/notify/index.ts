export {
  acknowledgeNotification,
  completeAllNotifications,
  completeNotification,
  readNotification,
  reopenNotification,
  reopenNotifications,
  snoozeNotification,
} from './act-on-notification'
export { followAsset, getFollow, listFollows, unfollowAsset } from './follows'
export { countNotifications, listNotifications } from './list-notifications'
export { type Notice, type NoticeAsset, notify } from './notify'
export { listPreferences, setPreference } from './preferences'
export { type Told, toldOf } from './told'
