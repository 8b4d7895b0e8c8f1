'use client'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { toRoute } from '@/components/ui/route'
import { Select } from '@/components/ui/select'

interface ComparePickerProps {
  name: string
  versions: readonly number[]
  from: number
  to: number
}

/** Two versions to compare; the address then says which. */
export function ComparePicker({ name, versions, from, to }: ComparePickerProps) {
  const router = useRouter()
  const [pair, setPair] = useState({ from: String(from), to: String(to) })
  const options = versions.map((version) => ({ value: String(version), label: `@${version}` }))
  return (
    <form
      className="flex flex-wrap items-end gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        const search = new URLSearchParams({ tab: 'versions', compare: `${pair.from}-${pair.to}` })
        router.push(toRoute(`/datasets/${encodeURIComponent(name)}?${search}`), { scroll: false })
      }}
    >
      <Field label="From" className="w-28">
        <Select
          options={options}
          value={pair.from}
          onChange={(event) => setPair({ ...pair, from: event.target.value })}
        />
      </Field>
      <Field label="To" className="w-28">
        <Select
          options={options}
          value={pair.to}
          onChange={(event) => setPair({ ...pair, to: event.target.value })}
        />
      </Field>
      <Button type="submit">Compare</Button>
    </form>
  )
}
