export { byteStream } from './byte-stream'
export { defineRoutes, idempotentRequest, route } from './define-route'
export { feastWire } from './feast-wire'
export { accepted, created, eventStream, json, noContent, Reply } from './reply'
