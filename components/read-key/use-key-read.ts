'use client'
import { useQuery } from '@tanstack/react-query'
import { useAskedKey } from './use-asked-key'

/**
 * Reads the key that stands in the address, each time anew: the answer tells what is there now, so none is kept. `again`
 * puts other values into the address, or repeats the read for the same ones.
 */
export function useKeyRead<T>(
  name: readonly unknown[],
  columns: number,
  read: (values: readonly string[], signal: AbortSignal) => Promise<T>,
) {
  const { asked, ask } = useAskedKey(columns)
  const answer = useQuery({
    queryKey: [...name, asked],
    queryFn: ({ signal }) => read(asked ?? [], signal),
    enabled: asked !== null,
    retry: false,
    staleTime: 0,
    gcTime: 0,
    refetchOnWindowFocus: false,
  })
  const again = (values: readonly string[]) => {
    const isSame = asked !== null && values.every((value, index) => value === asked[index])
    isSame ? void answer.refetch() : ask(values)
  }
  return { asked, again, answer }
}
