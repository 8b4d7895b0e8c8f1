import { CopyButton } from '@/components/ui/copy-button'

/** Something that is shown once, to be copied now. */
export const SecretLine = ({ text, what }: { text: string; what: string }) => (
  <p className="flex items-center gap-2 rounded-control border border-control bg-surface py-1.5 pr-2 pl-3">
    <code className="min-w-0 flex-1 font-mono text-12 [overflow-wrap:anywhere]">{text}</code>
    <CopyButton text={text} what={what} withWord />
  </p>
)
