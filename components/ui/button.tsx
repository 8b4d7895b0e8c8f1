import { cva, type VariantProps } from 'class-variance-authority'
import Link from 'next/link'
import type { ComponentProps, ReactNode } from 'react'
import { cn } from './cn'
import { toRoute } from './route'
import { Tooltip } from './tooltip'

const styles = cva(
  'inline-flex shrink-0 select-none items-center justify-center gap-1.5 whitespace-nowrap rounded-control border font-medium transition-colors disabled:cursor-not-allowed aria-disabled:cursor-not-allowed',
  {
    variants: {
      variant: {
        primary:
          'border-accent bg-accent text-on-fill hover:not-disabled:border-ink hover:not-disabled:bg-ink hover:not-disabled:text-page disabled:border-hairline disabled:bg-sunken disabled:text-muted',
        secondary:
          'border-control bg-surface text-ink hover:not-disabled:bg-sunken disabled:border-hairline disabled:bg-sunken disabled:text-muted',
        quiet:
          'border-transparent text-muted hover:not-disabled:bg-ink-tint hover:not-disabled:text-ink aria-pressed:bg-ink-tint aria-pressed:text-ink',
        danger:
          'border-fail bg-surface text-fail hover:not-disabled:bg-fail hover:not-disabled:text-on-fill disabled:border-hairline disabled:bg-sunken disabled:text-muted',
      },
      size: {
        small: 'h-7 px-2 text-12 max-md:min-h-11 max-md:px-3',
        normal: 'h-8 px-3 text-13 max-md:min-h-11',
        icon: 'h-7 w-7 max-md:min-h-11 max-md:min-w-11',
      },
    },
    defaultVariants: { variant: 'secondary', size: 'normal' },
  },
)

type Look = VariantProps<typeof styles>

export type ButtonProps = ComponentProps<'button'> & Look & { pending?: boolean }

/** While `pending` the button keeps its width, takes no click and is announced as busy. */
export function Button({ variant, size, pending, className, disabled, type, ...rest }: ButtonProps) {
  return (
    <button
      type={type ?? 'button'}
      aria-busy={pending || undefined}
      disabled={disabled || pending}
      className={cn(styles({ variant, size }), className)}
      {...rest}
    />
  )
}

export type ButtonLinkProps = Omit<ComponentProps<'a'>, 'href'> & Look & { href: string; download?: boolean }

/** A link that looks like a button. `download` and addresses under /api leave the client router out. */
export function ButtonLink({ variant, size, className, href, ...rest }: ButtonLinkProps) {
  const look = cn(styles({ variant, size }), className)
  if (rest.download || href.startsWith('/api/') || /^[a-z]+:/.test(href)) {
    return <a href={href} className={look} {...rest} />
  }
  return <Link href={toRoute(href)} className={look} {...rest} />
}

export type IconButtonProps = Omit<ButtonProps, 'size' | 'children' | 'aria-label'> & {
  label: string
  shortcut?: string
  children: ReactNode
}

/** An icon alone: `label` is its accessible name and its tooltip. */
export function IconButton({ label, shortcut, variant = 'quiet', children, ...rest }: IconButtonProps) {
  return (
    <Tooltip content={label} shortcut={shortcut}>
      <Button variant={variant} size="icon" aria-label={label} {...rest}>
        {children}
      </Button>
    </Tooltip>
  )
}
