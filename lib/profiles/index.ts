export { profileHeads, readProfiles } from './read-profiles'
export { type NewProfile, saveProfiles } from './save-profiles'
export { groupProfile, type StoredProfile } from './stored-profile'
