export { deleteDraft, deleteOldDrafts, getDraft, keepDraft } from './keep-draft'
