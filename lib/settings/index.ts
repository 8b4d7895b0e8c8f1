export { knownSetting, stopHearingSettings } from './known-setting'
export { getSetting, listSettings } from './read-settings'
export { defineSetting, readSetting, type Setting } from './setting'
export { updateSetting } from './update-setting'
