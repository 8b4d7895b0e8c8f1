import packageManifest from '@/package.json'
import { openApiDocument } from './document'
import { operations } from './operations'

export { operations }

/** The document of this build. */
export const currentDocument = () => openApiDocument(operations, packageManifest.version)
