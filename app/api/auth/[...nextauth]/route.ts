import type { NextRequest } from 'next/server'
import NextAuth from 'next-auth'
import { nextAuthOptions } from '@/lib/identity'

type Handler = (
  request: NextRequest,
  context: { params: Promise<{ nextauth: string[] }> },
) => Promise<Response>

const handle: Handler = (request, context) => {
  const protocol = request.headers.get('x-forwarded-proto') ?? request.nextUrl.protocol
  return NextAuth(request, context, nextAuthOptions({ secure: protocol.startsWith('https') }))
}

export { handle as GET, handle as POST }
