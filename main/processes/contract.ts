import { z } from 'zod';

/** What a child answers: for each method the schema of its request and of its reply. */
export type Contract = Record<string, { request: z.ZodType; reply: z.ZodType }>;

export type Request<C extends Contract, M extends keyof C> = z.input<C[M]['request']>;
export type Reply<C extends Contract, M extends keyof C> = z.output<C[M]['reply']>;

/** Parent to child. `open` comes first and once; `settings` is whatever the child's own schema says. */
export const toChildSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('open'), settings: z.unknown() }),
  z.object({ type: z.literal('call'), id: z.number(), method: z.string(), payload: z.unknown() }),
  z.object({ type: z.literal('stop') }),
]);

/** Child to parent. `began` tells that a call has reached it, so that it is not blamed for the death of a child it never reached; `refused` says that it cannot work at all (no models, say); `bug` that a handler threw. */
export const fromChildSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('refused'), reason: z.string() }),
  z.object({ type: z.literal('began'), id: z.number() }),
  z.object({ type: z.literal('reply'), id: z.number(), value: z.unknown(), rssBytes: z.number() }),
  z.object({ type: z.literal('bug'), id: z.number(), message: z.string(), stack: z.string() }),
]);

export type ToChild = z.infer<typeof toChildSchema>;
export type FromChild = z.infer<typeof fromChildSchema>;
