'use client'
import { type ComponentProps, createContext, type ReactNode, useContext, useId } from 'react'
import { cn } from './cn'
import { MarkedProse } from './marked-prose'

interface FieldControl {
  id: string
  describedBy: string | undefined
  invalid: boolean
  required: boolean
}

const FieldContext = createContext<FieldControl | null>(null)

/** The attributes that tie a control to the Field around it; empty outside of one. */
export function useFieldControl(own: { id?: string | undefined; 'aria-describedby'?: string | undefined }) {
  const field = useContext(FieldContext)
  if (!field) return {}
  const describedBy = [own['aria-describedby'], field.describedBy].filter(Boolean).join(' ')
  return {
    id: own.id ?? field.id,
    'aria-describedby': describedBy || undefined,
    'aria-invalid': field.invalid || undefined,
    'aria-required': field.required || undefined,
  }
}

export function Label({ className, ...rest }: ComponentProps<'label'>) {
  // biome-ignore lint/a11y/noLabelWithoutControl: the caller passes htmlFor or the control as a child
  return <label className={cn('text-12 font-medium text-ink', className)} {...rest} />
}

export interface FieldProps {
  label: string
  hint?: ReactNode
  error?: ReactNode
  required?: boolean
  /** Says "optional" beside the label; required is the unmarked case. */
  optional?: boolean
  /** Shown at the label's right end, e.g. a count or a link. */
  aside?: ReactNode
  className?: string
  children: ReactNode
}

/** Label, control, hint and error; Input, Textarea and Select inside take their ids from it. */
export function Field(props: FieldProps) {
  const { label, hint, error, required = false, optional = false, aside, className, children } = props
  const id = useId()
  const hintId = hint ? `${id}-hint` : ''
  const errorId = error ? `${id}-error` : ''
  const describedBy = [errorId, hintId].filter(Boolean).join(' ') || undefined
  return (
    <FieldContext value={{ id, describedBy, invalid: Boolean(error), required }}>
      <div className={cn('flex min-w-0 flex-col gap-1', className)}>
        <div className="flex items-baseline justify-between gap-2">
          <Label htmlFor={id}>
            {label}
            {optional ? <span className="font-normal text-muted"> optional</span> : null}
          </Label>
          {aside ? <span className="text-12 text-muted">{aside}</span> : null}
        </div>
        {children}
        {error ? (
          <p id={errorId} className="text-12 text-fail">
            {typeof error === 'string' ? <MarkedProse text={error} /> : error}
          </p>
        ) : null}
        {hint ? (
          <p id={hintId} className="text-12 text-muted">
            {hint}
          </p>
        ) : null}
      </div>
    </FieldContext>
  )
}
