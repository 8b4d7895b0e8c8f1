/** What a form holds, by field; a field that is not there is absent. */
export type Values = Readonly<Record<string, string>>

/** A field that somebody else changed while it was edited here. */
export interface Theirs {
  field: string
  /** As it was read, changed here, and as it stands now; undefined: it is not there. */
  base: string | undefined
  mine: string | undefined
  theirs: string | undefined
  /** Both changed it, to something different: a person decides. */
  isConflict: boolean
}

/** What somebody else changed since the form was opened, in the order of the fields; the same change on both sides is none. */
export function changedByOthers(base: Values, mine: Values, theirs: Values): Theirs[] {
  const fields = [...new Set([...Object.keys(base), ...Object.keys(theirs), ...Object.keys(mine)])]
  return fields.flatMap((field) => {
    const [was, here, now] = [base[field], mine[field], theirs[field]]
    if (was === now || here === now) return []
    return [{ field, base: was, mine: here, theirs: now, isConflict: here !== was }]
  })
}

const withField = (values: Values, field: string, value: string | undefined): Record<string, string> => {
  const { [field]: _, ...rest } = values
  return value === undefined ? rest : { ...rest, [field]: value }
}

/** Mine, with what they changed and this form did not. Conflicts stay as they are here until a person decides. */
export const takeUncontested = (mine: Values, changed: readonly Theirs[]): Record<string, string> =>
  changed.reduce<Record<string, string>>(
    (values, { field, theirs, isConflict }) => (isConflict ? values : withField(values, field, theirs)),
    { ...mine },
  )

export const takeTheirs = (mine: Values, { field, theirs }: Theirs): Record<string, string> =>
  withField(mine, field, theirs)
