import type { Context } from '../context.ts'

/** The same, but that names are of that namespace. */
export const within = (context: Context, namespace: string): Context => ({
  ...context,
  connect: async () => ({ ...(await context.connect()), namespace }),
})
