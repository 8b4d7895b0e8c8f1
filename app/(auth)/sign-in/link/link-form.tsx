'use client'

import { useActionState } from 'react'
import { Button } from '@/components/ui/button'
import { Callout } from '@/components/ui/callout'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { signInByLink } from '../../actions'
import { untried } from '../../sign-in-state'

/** The link is used up by the button, not by opening it: mail programs open links to look at them. */
export function LinkForm({ token, name, email }: { token: string; name: string; email: string }) {
  const [state, action, pending] = useActionState(signInByLink, untried)
  return (
    <form action={action} className="flex flex-col gap-4">
      {state.message ? <Callout tone="fail">{state.message}</Callout> : null}
      <input type="hidden" name="token" value={token} />
      <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
      <Button type="submit" variant="primary" pending={pending}>
        Sign in as {name}
      </Button>
      <Field
        label="Choose a password"
        optional
        hint={`12 characters or more. You then sign in with ${email}.`}
      >
        <Input name="password" type="password" autoComplete="new-password" minLength={12} maxLength={500} />
      </Field>
    </form>
  )
}
