'use client'
import type { ReactNode } from 'react'
import { WasThisHard } from '@/components/feedback/was-this-hard'
import { cn } from '@/components/ui/cn'

interface FormFootProps {
  /** What the form's button says, in words that hold nothing that was typed. */
  form: string
  /** Of the answer that refused the form. */
  requestId?: string | undefined
  className?: string
  children: ReactNode
}

/** The end of a form on a page: its button and what it waits for, and whether it was hard. */
export function FormFoot({ form, requestId, className, children }: FormFootProps) {
  return (
    <div className="flex flex-col gap-2">
      <div className={cn('flex flex-wrap items-center gap-4 border-t pt-4', className)}>{children}</div>
      <WasThisHard kind="form" form={form} requestId={requestId} />
    </div>
  )
}
