export { edgesOf, type OpenEdge } from './queries'
export { type AssetName, closeEdge, closeEdgesOf, type Edge, recordEdge } from './record'
