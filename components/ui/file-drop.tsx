'use client'
import { type DragEvent, useId, useRef, useState } from 'react'
import { cn } from './cn'
import { useFieldControl } from './field'
import { formatBytes } from './format-number'

export interface FileDropProps {
  /** "Drop a CSV or Parquet file". */
  label: string
  hint?: string
  /** As in <input accept>: ".csv,.parquet". */
  accept?: string
  file?: File | null
  onFile: (file: File) => void
  disabled?: boolean
}

/** A whole area that takes a dropped file, and a file input for keyboard and click. */
export function FileDrop({ label, hint, accept, file, onFile, disabled }: FileDropProps) {
  const [over, setOver] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const ownId = useId()
  const field = useFieldControl({})
  const id = field.id ?? ownId
  const take = (files: FileList | null) => {
    const first = files?.[0]
    if (first && !disabled) onFile(first)
  }
  const hover = (event: DragEvent, entering: boolean) => {
    event.preventDefault()
    setOver(entering)
  }
  return (
    <label
      htmlFor={id}
      onDragOver={(event) => hover(event, true)}
      onDragLeave={(event) => hover(event, false)}
      onDrop={(event) => {
        hover(event, false)
        take(event.dataTransfer.files)
      }}
      className={cn(
        'flex min-h-24 cursor-pointer flex-col items-start justify-center gap-1 rounded-control border border-control border-dashed bg-surface px-4 py-4 transition-colors focus-within:outline-2 focus-within:outline-accent hover:bg-accent-tint',
        over && 'border-accent bg-accent-tint',
        disabled && 'cursor-not-allowed bg-sunken text-muted hover:bg-sunken',
      )}
    >
      <input
        {...field}
        ref={input}
        id={id}
        type="file"
        accept={accept}
        disabled={disabled}
        className="sr-only"
        onChange={(event) => {
          take(event.target.files)
          event.target.value = ''
        }}
      />
      <span className="font-medium">{file ? file.name : label}</span>
      <span className="text-12 text-muted">
        {file
          ? `${formatBytes(file.size)} · choose or drop another`
          : (hint ?? 'or choose one from this computer')}
      </span>
    </label>
  )
}
