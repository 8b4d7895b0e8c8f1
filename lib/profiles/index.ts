export { type ProfileFilter, profileHeads, readProfiles } from './read-profiles'
export { type NewProfile, type ProfileSide, saveProfiles } from './save-profiles'
export { groupProfile, type StoredProfile } from './stored-profile'
