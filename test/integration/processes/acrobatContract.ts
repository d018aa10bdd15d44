import { z } from 'zod';

/** A child that does what children do at their worst, on request. */
export const acrobatContract = {
  echo: { request: z.object({ value: z.unknown() }), reply: z.object({ value: z.unknown(), pid: z.number() }) },
  /** The names of what is in its environment. */
  environment: { request: z.object({}), reply: z.object({ names: z.array(z.string()) }) },
  /** Comes back after so many milliseconds. */
  wait: { request: z.object({ ms: z.number() }), reply: z.object({ pid: z.number() }) },
  /** Ends its process in mid-call. */
  crash: { request: z.object({}), reply: z.object({}) },
  /** Blocks its process for good. */
  hang: { request: z.object({}), reply: z.object({}) },
  /** A bug in a handler. */
  fail: { request: z.object({ message: z.string() }), reply: z.object({}) },
  /** Takes and keeps so much memory. */
  grow: { request: z.object({ bytes: z.number() }), reply: z.object({ pid: z.number() }) },
};

export const acrobatSettingsSchema = z.object({
  /** Will not start, for this reason. */
  refusal: z.string().optional(),
});
