export { createView, deleteView, getView, listViews, updateView } from './saved-views'
