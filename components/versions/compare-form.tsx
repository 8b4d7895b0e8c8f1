import { Button } from '@/components/ui/button'
import { Select } from '@/components/ui/select'

interface CompareFormProps {
  /** The page's address without parameters, and those that stay. */
  action: string
  keep: Record<string, string>
  addresses: readonly { value: string; label: string }[]
  from: string
  to: string
}

/** Chooses the two that stand beside each other; a plain form, so that its address is a link to the comparison. */
export function CompareForm({ action, keep, addresses, from, to }: CompareFormProps) {
  return (
    <form action={action} className="flex flex-wrap items-center gap-2">
      {Object.entries(keep).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <Select
        key={`from ${from}`}
        mono
        name="from"
        aria-label="Compare"
        defaultValue={from}
        options={addresses}
        className="w-28 md:w-36"
      />
      <span className="text-muted">with</span>
      <Select
        key={`to ${to}`}
        mono
        name="to"
        aria-label="with"
        defaultValue={to}
        options={addresses}
        className="w-28 md:w-36"
      />
      <Button type="submit">Compare</Button>
    </form>
  )
}
