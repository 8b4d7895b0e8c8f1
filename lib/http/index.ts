export { byteStream } from './byte-stream'
export { defineRoutes, route } from './define-route'
export { accepted, created, eventStream, json, noContent, Reply } from './reply'
