import { Field } from '@/components/ui/field'
import { NameText } from '@/components/ui/name-text'
import { Section } from '@/components/ui/section'
import { SegmentedControl } from '@/components/ui/segmented-control'
import { Select } from '@/components/ui/select'
import { FeaturesPicker } from './features-picker'
import type { PartProps } from './part-props'

/** What is joined: the selection of a service, or features one by one. */
export function FeaturesPart({ form, choices }: PartProps) {
  const { draft, change, faults } = form
  const service = choices.services.find(({ name }) => name === draft.service)
  return (
    <Section title="Features">
      <div className="flex flex-col gap-3">
        <SegmentedControl
          label="Features from"
          value={draft.from}
          segments={[
            { value: 'service', label: 'A feature service' },
            { value: 'features', label: 'Named one by one' },
          ]}
          onChange={(value) => change({ from: value === 'features' ? 'features' : 'service', keys: {} })}
        />
        {draft.from === 'service' ? (
          <Field
            label="Feature service"
            error={faults.fields.feature_service}
            hint={service?.description || 'What the model reads when it serves is what it is trained on.'}
          >
            <Select
              mono
              placeholder="Choose a service"
              value={draft.service}
              options={choices.services.map(({ name, version, features }) => ({
                value: name,
                label: `${name} @${version}, ${features.length} features`,
              }))}
              onChange={(event) => change({ service: event.target.value, keys: {} })}
            />
          </Field>
        ) : (
          <FeaturesPicker
            value={draft.features}
            error={faults.fields.features}
            onChange={(features) => change({ features })}
          />
        )}
        {service && draft.from === 'service' ? (
          <ul className="flex flex-wrap gap-x-4 gap-y-0.5 text-12">
            {service.features.map((name) => (
              <li key={name}>
                <NameText name={name} />
              </li>
            ))}
          </ul>
        ) : null}
      </div>
    </Section>
  )
}
