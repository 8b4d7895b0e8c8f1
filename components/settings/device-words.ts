const browsers: [RegExp, string][] = [
  [/Edg\//, 'Edge'],
  [/Firefox\//, 'Firefox'],
  [/OPR\//, 'Opera'],
  [/Chrom(e|ium)\//, 'Chrome'],
  [/Safari\//, 'Safari'],
]

const systems: [RegExp, string][] = [
  [/Android/, 'Android'],
  [/iPhone|iPad/, 'iOS'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/Linux/, 'Linux'],
]

const found = (text: string, names: [RegExp, string][]) => names.find(([pattern]) => pattern.test(text))?.[1]

/** "Firefox on Linux" from what a browser says of itself; what is not known is said so. */
export function deviceWords(userAgent: string | null): string {
  if (!userAgent) return 'Unknown browser'
  const browser = found(userAgent, browsers) ?? 'Unknown browser'
  const system = found(userAgent, systems)
  return system ? `${browser} on ${system}` : browser
}
