'use client'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { Restored } from '@/components/forms/draft-store'
import { objectOf, readKept, recordOf, text } from '@/components/forms/kept'
import { useDraft } from '@/components/forms/use-draft'
import { type ProblemError, request } from '@/lib/api-client'
import { changedByOthers, type Theirs, takeTheirs, takeUncontested, type Values } from './merge'

interface Edit<R, A> {
  /** Names the draft in this browser. */
  draft: string
  /** As it was read. */
  read: R
  /** Where it is read anew. */
  path: string
  valuesOf: (resource: R) => Record<string, string>
  etagOf: (resource: R) => string
  save: (values: Values, etag: string, base: Values) => Promise<A>
  /** What is typed follows to another machine: for a form of its own. */
  everywhere?: boolean
  onSaved: (answer: A) => void
}

/** What is typed, with what it was typed over: it is told when somebody else has changed that since. */
const readDraft = readKept(objectOf({ values: recordOf(text), base: recordOf(text) }))

/** The state of a form that changes what others may change too: a lost race shows their change, field by field. */
export function useEdit<R, A>(edit: Edit<R, A>) {
  const [base, setBase] = useState(() => ({ values: edit.valuesOf(edit.read), etag: edit.etagOf(edit.read) }))
  const [values, setValues] = useState(base.values)
  const [changed, setChanged] = useState<readonly Theirs[]>([])
  const [decided, setDecided] = useState<ReadonlySet<string>>(new Set())
  const [restored, setRestored] = useState<Restored | null>(null)
  const isTouched = JSON.stringify(values) !== JSON.stringify(base.values)
  const meet = (was: Values, mine: Values, now: { values: Values; etag: string }) => {
    const found = changedByOthers(was, mine, now.values)
    setChanged(found)
    setDecided(new Set())
    setValues(takeUncontested(mine, found))
    setBase({ values: { ...now.values }, etag: now.etag })
  }
  const draft = useDraft({
    name: edit.draft,
    value: isTouched ? { values, base: base.values } : null,
    parse: readDraft,
    everywhere: edit.everywhere ?? false,
    onRestore: (found) => {
      meet(found.value.base, found.value.values, base)
      setRestored(found)
    },
  })
  const save = useMutation<A, ProblemError>({
    mutationFn: () => edit.save(values, base.etag, base.values),
    onSuccess: (answer) => {
      draft.clear()
      edit.onSaved(answer)
    },
    onError: async ({ problem }) => {
      if (problem.status !== 412) return
      const { data } = await request<R>(edit.path)
      meet(base.values, values, { values: edit.valuesOf(data), etag: edit.etagOf(data) })
    },
  })
  const open = changed.filter(({ field, isConflict }) => isConflict && !decided.has(field))
  return {
    values,
    base: base.values,
    isTouched,
    change: (part: Values) => setValues((before) => ({ ...before, ...part })),
    replace: (next: Record<string, string>) => setValues(next),
    changed,
    decided,
    /** Fields that somebody has to decide before it can be saved. */
    undecided: open.length,
    /** What was saved is what the next change is made on. */
    meet: (saved: R) => {
      setBase({ values: edit.valuesOf(saved), etag: edit.etagOf(saved) })
      setValues(edit.valuesOf(saved))
      setChanged([])
      setRestored(null)
    },
    choose: (one: Theirs, side: 'theirs' | 'mine') => {
      if (side === 'theirs') setValues((before) => takeTheirs(before, one))
      setDecided((before) => new Set([...before, one.field]))
    },
    save,
    /** A lost race is told by what changed, not as an error. */
    error: save.error && save.error.problem.status !== 412 ? save.error : null,
    restored,
    keptInBrowser: draft.kept,
    startOver: () => {
      draft.clear()
      setValues(base.values)
      setChanged([])
      setRestored(null)
      save.reset()
    },
  }
}
