import { Checkbox } from '@/components/ui/checkbox'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { Textarea } from '@/components/ui/textarea'
import type { DefinitionPartProps } from './definition-part'
import { type DefinitionField, definitionWords, testNames, testsFault } from './definition-values'

const testsHint = (text: string | undefined) => {
  const names = testNames(text)
  if (names.length === 0)
    return 'A JSON list of {name, inputs, expect}: rows in, rows expected. None: nothing is proved before review.'
  return `All have to pass on exactly this definition before it is submitted: ${names.join(', ')}.`
}

type TransformationPartProps = Omit<DefinitionPartProps, 'group' | 'sources'>

/** The SQL that computes the rows, when it runs, and its tests; without SQL rows are brought in. */
export function TransformationPart({ values, change, errors }: TransformationPartProps) {
  const text = (name: DefinitionField) => ({
    value: values[name] ?? '',
    onChange: (event: { target: { value: string } }) => change({ [name]: event.target.value }),
  })
  const sql = values['transformation.sql'] ?? ''
  const tests = values['transformation.tests']
  return (
    <section aria-labelledby="transformation-heading" className="flex max-w-140 flex-col gap-4">
      <h2 id="transformation-heading" className="font-medium text-15">
        Transformation
      </h2>
      <Field
        label={definitionWords['transformation.sql']}
        optional
        error={errors['transformation.sql'] ?? errors.transformation}
        hint="DuckDB; $from and $to bound the window. Without it rows are brought in. Other SQL makes a new version."
      >
        <Textarea
          mono
          rows={sql === '' ? 3 : 8}
          className="max-h-120 overflow-auto text-12"
          spellCheck={false}
          {...text('transformation.sql')}
        />
      </Field>
      {sql.trim() === '' ? null : (
        <>
          <Field
            label={definitionWords['transformation.inputs']}
            error={errors['transformation.inputs']}
            hint="Names of the sources and groups that it reads, with commas between."
          >
            <Input mono {...text('transformation.inputs')} />
          </Field>
          <div className="grid gap-4 md:grid-cols-2">
            <Field
              label={definitionWords['transformation.schedule']}
              optional
              error={errors['transformation.schedule']}
              hint="Cron in UTC, such as 0 1 * * *, or PT1H."
            >
              <Input mono {...text('transformation.schedule')} />
            </Field>
            <Field
              label={definitionWords['transformation.interval']}
              optional
              error={errors['transformation.interval']}
              hint="Event times lie on it, such as P1D."
            >
              <Input mono {...text('transformation.interval')} />
            </Field>
            <Field
              label={definitionWords['transformation.lookback']}
              optional
              error={errors['transformation.lookback']}
              hint="How far before its event time a row may read, such as P28D; without limit when empty."
            >
              <Input mono {...text('transformation.lookback')} />
            </Field>
            <Checkbox
              className="self-center"
              label={definitionWords['transformation.on_new_data']}
              checked={values['transformation.on_new_data'] === 'true'}
              onChange={(event) => change({ 'transformation.on_new_data': String(event.target.checked) })}
            />
          </div>
          <Field
            label={definitionWords['transformation.tests']}
            optional
            error={testsFault(tests) ?? errors['transformation.tests']}
            hint={testsHint(tests)}
          >
            <Textarea
              mono
              rows={4}
              className="max-h-120 overflow-auto text-12"
              spellCheck={false}
              {...text('transformation.tests')}
            />
          </Field>
        </>
      )}
    </section>
  )
}
