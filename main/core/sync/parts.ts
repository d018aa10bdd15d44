import type { Logger } from 'pino';
import { z } from 'zod';
import type { Store } from '../store/index.ts';
import type { MultipartRecords } from './s3/index.ts';

const recordSchema = z.object({
  uploadId: z.string(),
  sha256: z.string(),
  sizeBytes: z.number(),
  partBytes: z.number(),
  parts: z.array(z.object({ number: z.number(), etag: z.string() })),
});

/** Uploads in parts in the library's database. One that cannot be written down is begun anew after a cut, and that is all. */
export function createParts({ multiparts }: Pick<Store, 'multiparts'>, log: Logger): MultipartRecords {
  const said = ({ ok, fault }: { ok: boolean; fault?: unknown }) => {
    if (!ok) log.warn({ fault }, 'how far an upload is cannot be written down');
  };
  return {
    get: (key) => recordSchema.safeParse(multiparts.get(key)).data,
    set: (key, record) => said(multiparts.set(key, record)),
    remove: (key) => said(multiparts.remove(key)),
  };
}
