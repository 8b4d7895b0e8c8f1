import { InboxCount } from '@/components/inbox/inbox-count'
import { load } from '@/lib/http/page-context'
import { countNotifications } from '@/lib/notify'

/** What is unread in the reader's inbox; nothing for those who may not know of any asset. */
export async function InboxWaiting() {
  const loaded = await load(countNotifications)
  return loaded.state === 'ready' ? <InboxCount initial={loaded.value} /> : null
}
