export {
  acknowledgeNotification,
  completeAllNotifications,
  completeNotification,
  ownNotification,
  readNotification,
  reopenNotification,
  reopenNotifications,
  snoozeNotification,
} from './act-on-notification'
export { assetResource, changing, type KnownAsset, knownAsset, visibleDocument } from './assets'
export { authorizeChange, mayChange } from './change-asset'
export { followAsset, getFollow, listFollows, unfollowAsset } from './follows'
export { handOn } from './hand-on'
export { countNotifications, listNotifications } from './list-notifications'
export { type Notice, notify } from './notify'
export { placesOfShared } from './places'
export { listPreferences, setPreference } from './preferences'
export { toldOf } from './told'
