import { BasketCount } from '@/components/basket/basket-count'
import { getBasket } from '@/lib/basket'
import { load } from '@/lib/http/page-context'

/** What the reader has put aside; nothing for those who may not know of any asset. */
export async function BasketWaiting() {
  const loaded = await load(getBasket)
  return loaded.state === 'ready' ? <BasketCount initial={loaded.value} /> : null
}
