'use client'
import './globals.css'
import { Button } from '@/components/ui/button'

/** Stands in for the whole document when the root layout itself failed. */
export default function GlobalError({
  error,
  reset,
}: {
  error: Error & { digest?: string }
  reset: () => void
}) {
  return (
    <html lang="en">
      <body>
        <main className="flex max-w-[68ch] flex-col items-start gap-3 px-6 py-16">
          <h1 className="font-medium text-20">Almanac could not build this page</h1>
          <p>
            {error.digest ? (
              <>
                The server log has it under <code className="font-mono">{error.digest}</code>.
              </>
            ) : (
              'The browser console has the cause.'
            )}
          </p>
          <Button onClick={reset}>Try again</Button>
        </main>
      </body>
    </html>
  )
}
