'use client'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Section } from '@/components/ui/section'
import { Textarea } from '@/components/ui/textarea'
import type { DraftPartProps } from './terms-part'

/** What is agreed on in words. */
export function WordsPart({ draft, set, faults }: DraftPartProps) {
  const area = (label: string, name: 'purpose' | 'service_level' | 'limitations', hint: string) => (
    <Field label={label} optional hint={hint} error={faults[name]}>
      <Textarea
        rows={2}
        maxLength={5000}
        value={draft[name]}
        onChange={(event) => set({ [name]: event.target.value })}
      />
    </Field>
  )
  return (
    <Section title="In words">
      <div className="flex flex-col gap-4">
        {area('Purpose', 'purpose', 'What the data may be used for.')}
        {area('Service level', 'service_level', 'What readers can plan with.')}
        <Field label="Support" optional hint="Who helps, and how they are reached." error={faults.support}>
          <Input
            maxLength={500}
            value={draft.support}
            onChange={(event) => set({ support: event.target.value })}
          />
        </Field>
        {area('Limitations', 'limitations', 'What it is not good for.')}
      </div>
    </Section>
  )
}
