export { assignNotification } from './assign'
export { listComments } from './list-comments'
export { listMentionable } from './people'
export { addComment, deleteComment, editComment, reopenThread, resolveThread } from './write-comment'
