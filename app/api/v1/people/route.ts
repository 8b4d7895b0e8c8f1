import { created, defineRoutes, route } from '@/lib/http'
import { createPerson, listPeople } from '@/lib/identity'
import { createPersonOperation, listPeopleOperation } from '@/lib/identity/operations'

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = defineRoutes(
  route(createPersonOperation, async (ctx, { body }) => {
    const person = await createPerson(ctx, await body())
    return created(`/api/v1/people/${person.id}`, person, { 'cache-control': 'no-store' })
  }),
  route(listPeopleOperation, (ctx, { query }) => listPeople(ctx, query)),
)
