export { defineRoutes, type Route, type RouteRequest, route } from './define-route'
export { created, json, noContent, Reply } from './reply'
