import type { ReactNode } from 'react'

/** Pages for those who are not signed in: one column, nothing of the portal around it. */
export default function AuthLayout({ children }: { children: ReactNode }) {
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-[360px] flex-col justify-center gap-6 px-4 py-12">
      {children}
    </main>
  )
}
