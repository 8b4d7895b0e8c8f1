const reference = /^[a-z]\w*(@[1-9]\d*)?:[a-z]\w*$/

/** The features that an address names, `features=a:b,c@2:d`, each once; what is no reference is left out. Null: it names none. */
export function featuresParam(value: string | string[] | undefined, most: number): string[] | null {
  const given = [value ?? []].flat().flatMap((one) => one.split(','))
  const found = new Set(given.map((one) => one.trim()).filter((one) => reference.test(one)))
  return found.size === 0 ? null : [...found].slice(0, most)
}
