export { authorize, authorizeAtAll } from './authorize'
export { type AuditEntry, record } from './record'
