import { FilterChips } from '@/components/data-table/filter-chips'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { Input } from '@/components/ui/input'
import { withParams } from '@/components/ui/route'
import { Select } from '@/components/ui/select'
import { actions } from '@/lib/authz/actions'

const path = '/governance/audit'
const labels: Record<string, string> = {
  actor: 'Who',
  action: 'What',
  resource: 'On',
  verdict: 'Verdict',
  from: 'From',
  to: 'Until',
}

const verdicts = [
  { value: 'allow', label: 'allowed' },
  { value: 'deny', label: 'refused' },
]

type Params = Record<string, string | string[] | undefined>
const text = (value: string | string[] | undefined) => (typeof value === 'string' ? value : undefined)

/** Who, what, on what, with which verdict: a plain form, so that the address is the query. */
export function AuditFilters({ params }: { params: Params }) {
  const inForce = Object.keys(labels).flatMap((name) => {
    const value = text(params[name])
    return value ? [{ name, value }] : []
  })
  const search = new URLSearchParams(inForce.map(({ name, value }) => [name, value]))
  const chips = inForce.map(({ name, value }) => ({
    label: labels[name] ?? name,
    value: verdicts.find((one) => name === 'verdict' && one.value === value)?.label ?? value,
    removeHref: withParams(path, search, { [name]: null }),
  }))
  return (
    <div className="mb-3 flex flex-col gap-3">
      <form action={path} className="grid items-end gap-3 md:grid-cols-[1fr_1fr_1fr_8rem_auto]">
        <Field label="Who">
          <Input name="actor" defaultValue={text(params.actor)} placeholder="Name or id" />
        </Field>
        <Field label="What">
          <Select
            name="action"
            defaultValue={text(params.action) ?? ''}
            placeholder="Any action"
            options={actions}
          />
        </Field>
        <Field label="On">
          <Input name="resource" mono defaultValue={text(params.resource)} placeholder="group:route_delays" />
        </Field>
        <Field label="Verdict">
          <Select
            name="verdict"
            defaultValue={text(params.verdict) ?? ''}
            placeholder="Any"
            options={verdicts}
          />
        </Field>
        <Button type="submit">Filter</Button>
      </form>
      <FilterChips chips={chips} clearHref={path} />
    </div>
  )
}
