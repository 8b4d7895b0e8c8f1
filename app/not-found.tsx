import { ButtonLink } from '@/components/ui/button'

/** Also stands for what the reader may not know of: the same words for missing and for hidden. */
export default function NotFound() {
  return (
    <main className="mx-auto flex max-w-[68ch] flex-col items-start gap-3 px-6 py-16">
      <h1 className="font-medium font-title text-28">Not found</h1>
      <p>Nothing stands at this address, or it is not open to you. It may have been renamed or archived.</p>
      <ButtonLink href="/">Go to Home</ButtonLink>
    </main>
  )
}
