export { defineRoutes, route } from './define-route'
export { created, json, noContent, Reply } from './reply'
