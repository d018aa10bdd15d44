import { z } from 'zod';
import { faultSchema } from './fault.ts';

/** Where things are brought: a bucket, a FindMe web service, and by a mail server to guests. One that cannot be reached holds up no other. */
export const syncLanes = ['bucket', 'findme', 'mail'] as const;
const laneSchema = z.enum(syncLanes);

/** What is brought there. */
export const syncKinds = [
  ...(['result', 'erasure', 'gallery', 'door', 'page', 'thumbnail', 'screen', 'photo'] as const),
  ...(['guest', 'selfie', 'mail'] as const),
] as const;
const kindSchema = z.enum(syncKinds);
const countSchema = z.number().int().nonnegative();

/** Which bucket, and what its store is able to do. The credentials are kept elsewhere. */
export const bucketSchema = z.strictObject({
  /** Of a store that is not Amazon's: `https://HOST`. Without TLS only in one's own network. */
  endpoint: z
    .url({ protocol: /^https?$/ })
    .refine((text) => isBare(text), 'an address without user, question or fragment')
    .optional(),
  region: z.string().min(1).max(64).default('us-east-1'),
  bucket: z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/),
  /** Before each key, as it stands: `booth-1/`, say. */
  prefix: z
    .string()
    .max(200)
    .regex(/^([A-Za-z0-9._-]+\/)*[A-Za-z0-9._-]*$/)
    .default(''),
  /** `HOST/BUCKET/KEY` in the place of `BUCKET.HOST/KEY`: MinIO, Garage and Ceph, as most people set them up. */
  usesPathStyle: z.boolean().default(false),
  /** `when-required`: for stores that refuse x-amz-checksum headers. What is sent is signed with its SHA-256 either way. */
  checksums: z.enum(['when-supported', 'when-required']).default('when-supported'),
  /** Whether the store knows If-None-Match; `auto` finds out. */
  conditionalWrites: z.enum(['auto', 'on', 'off']).default('auto'),
});

function isBare(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { username, password, search, hash } = new URL(text);
  return username === '' && password === '' && search === '' && hash === '';
}

/** How it is with one of the places. */
const laneProgressSchema = z.strictObject({
  lane: laneSchema,
  /** `done`: there is nothing to do. `unreachable`: it comes back by itself. `refused`: somebody has to see to it. */
  state: z.enum(['done', 'running', 'paused', 'unreachable', 'refused']),
  /** Why it cannot be reached, and in how long it is tried again. */
  fault: faultSchema.optional(),
  secondsToTry: z.number().nonnegative().optional(),
  /** Where the key to it is from; undefined for one that needs none. */
  key: z.enum(['environment', 'staff', 'nowhere']).optional(),
  /** In the order in which they are brought there. */
  kinds: z.array(z.strictObject({ kind: kindSchema, waiting: countSchema, done: countSchema })),
});

/** How far what is in the library is in the cloud. */
export const syncSchema = z.strictObject({
  isPaused: z.boolean(),
  /** Those that the settings name. */
  lanes: z.array(laneProgressSchema),
  /** Objects that are to go from there. */
  removals: countSchema,
  /** About. */
  waitingBytes: z.number().nonnegative(),
  /** Of late; undefined where nothing has gone for a while. */
  bytesPerSecond: z.number().nonnegative().optional(),
  /** At that rate. */
  secondsLeft: z.number().nonnegative().optional(),
  /** What does not get through, the worst first, as far as it is shown, and how much that is in all. */
  troubled: z.array(
    z.strictObject({
      id: z.number().int().positive(),
      does: z.enum(['put', 'remove']),
      kind: kindSchema,
      /** Of a file that the photo was taken from; of what is no photo's, what tells it from others. */
      path: z.string(),
      tries: countSchema,
      nextAt: z.iso.datetime(),
      fault: faultSchema,
    }),
  ),
  troubledCount: countSchema,
});

export type BucketSettings = z.infer<typeof bucketSchema>;
export type SyncLane = z.infer<typeof laneSchema>;
export type SyncKind = z.infer<typeof kindSchema>;
export type SyncProgress = z.infer<typeof syncSchema>;
export type LaneProgress = SyncProgress['lanes'][number];
