export type BundleName = 'portal' | 'engine' | 'cli'
export function bundlePath(name: BundleName): string
/** The names whose entry exists and was bundled. */
export function bundle(names?: BundleName[]): Promise<BundleName[]>
