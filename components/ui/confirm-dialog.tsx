'use client'
import { type ReactElement, type ReactNode, useId, useState } from 'react'
import { Button } from './button'
import { Callout } from './callout'
import { Dialog } from './dialog'
import { Label } from './field'
import { Input } from './input'
import { MarkedProse } from './marked-prose'

export interface ConfirmDialogProps {
  trigger?: ReactElement
  open?: boolean
  onOpenChange?: (open: boolean) => void
  /** The act as a question or name: "Deprecate version 1". */
  title: string
  /** What it will do and to whom, one line each. */
  effects: readonly ReactNode[]
  /** How it can be undone, or that it cannot. */
  undo: string
  /** The word to type before the button works, usually the thing's name. */
  word?: string
  /** The button's text: the verb itself. */
  action: string
  danger?: boolean
  /** What `children` ask for is there. */
  isReady?: boolean
  /** Resolves when done; a rejection keeps the dialog open and shows its message. */
  onConfirm: () => Promise<void> | void
  children?: ReactNode
}

/** Stands before anything irreversible: says what will happen, to whom, and asks for a word. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const {
    title,
    effects,
    undo,
    word,
    action,
    danger = true,
    isReady = true,
    onConfirm,
    trigger,
    children,
  } = props
  const [ownOpen, setOwnOpen] = useState(false)
  const [typed, setTyped] = useState('')
  const [pending, setPending] = useState(false)
  const [failure, setFailure] = useState<string | null>(null)
  const inputId = useId()
  const open = props.open ?? ownOpen

  const change = (next: boolean) => {
    setOwnOpen(next)
    props.onOpenChange?.(next)
    setTyped('')
    setFailure(null)
  }
  const confirm = async () => {
    setPending(true)
    setFailure(null)
    try {
      await onConfirm()
      change(false)
    } catch (error) {
      setFailure(error instanceof Error ? error.message : String(error))
    } finally {
      setPending(false)
    }
  }
  const ready = isReady && (word === undefined || typed === word)
  return (
    <Dialog
      open={open}
      onOpenChange={change}
      {...(trigger ? { trigger } : {})}
      title={title}
      footer={
        <>
          <Button onClick={() => change(false)}>Cancel</Button>
          <Button
            variant={danger ? 'danger' : 'primary'}
            disabled={!ready}
            pending={pending}
            onClick={confirm}
          >
            {action}
          </Button>
        </>
      }
    >
      <form
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault()
          if (ready) void confirm()
        }}
      >
        <ul className="list-disc space-y-1 pl-4">
          {effects.map((effect, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a fixed list of sentences
            <li key={index}>{effect}</li>
          ))}
        </ul>
        <p className="text-muted">{undo}</p>
        {children}
        {word === undefined ? null : (
          <div className="flex flex-col gap-1">
            <Label htmlFor={inputId}>
              Type <span className="font-mono">{word}</span> to go on
            </Label>
            <Input
              id={inputId}
              mono
              autoComplete="off"
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
            />
          </div>
        )}
        {failure ? (
          <Callout tone="fail">
            <MarkedProse text={failure} />
          </Callout>
        ) : null}
      </form>
    </Dialog>
  )
}
