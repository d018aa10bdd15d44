import { ok, type Result } from '../../../preload/index.ts';
import type { Face } from '../../workers/index.ts';
import type { EventKeys, Sealer } from '../keys/index.ts';
import type { StoredFaces } from '../matching/index.ts';
import type { NewFace, PendingPhoto, Store, StoredTemplate } from '../store/index.ts';

/** Faces on their way to the store and from there to the index: on disk a template is sealed under its event's key. */
export interface Templates {
  /** @returns the faces as they are stored, or why the event has no key */
  seal(photo: Pick<PendingPhoto, 'eventId' | 'sha256'>, faces: readonly Face[]): Result<NewFace[]>;
  /**
   * All that were made with the given pack, of one event or of each. A photo of which one cannot be read is put back among those to be searched.
   */
  stored(packKey: string, eventId?: number): Generator<StoredFaces>;
}

const batchSize = 4096;

export function createTemplates({ store, eventKeys }: { store: Store; eventKeys: EventKeys }): Templates {
  const placeOf = (sha256: string) => `template/${sha256}`;

  function* opened(rows: readonly StoredTemplate[], sealers: (eventId: number) => Sealer | undefined) {
    for (const { sealedTemplate, ...row } of rows) {
      const sealer = sealers(row.eventId);
      if (sealer === undefined) continue;
      const template = sealer.unseal(placeOf(row.sha256), sealedTemplate);
      if (template === undefined) store.photos.release(row.photoId);
      else yield { ...row, template };
    }
  }

  return {
    seal: ({ eventId, sha256 }, faces) => {
      const sealer = eventKeys.sealerOf(eventId);
      if (!sealer.ok) return sealer;
      return ok(
        faces.map(({ template, ...face }) => ({
          ...face,
          sealedTemplate: sealer.value.seal(placeOf(sha256), bytesOf(template)),
        })),
      );
    },

    *stored(packKey, only) {
      const sealers = new Map<number, Sealer | undefined>();
      const sealerOf = (eventId: number) => {
        if (!sealers.has(eventId)) {
          const sealer = eventKeys.sealerOf(eventId);
          sealers.set(eventId, sealer.ok ? sealer.value : undefined);
        }
        return sealers.get(eventId);
      };
      for (const rows of store.faces.batches(packKey, batchSize)) {
        const faces = [...opened(only === undefined ? rows : rows.filter(({ eventId }) => eventId === only), sealerOf)];
        for (const eventId of new Set(faces.map((face) => face.eventId))) {
          const ofEvent = faces.filter((face) => face.eventId === eventId);
          yield {
            packKey,
            eventId,
            faceIds: ofEvent.map(({ faceId }) => faceId),
            photoIds: ofEvent.map(({ photoId }) => photoId),
            templates: floatsOf(Buffer.concat(ofEvent.map(({ template }) => template))),
          };
        }
      }
    },
  };
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Float32Array): Buffer =>
  Buffer.from(buffer, byteOffset, byteLength);

/** A copy, because a view of 32-bit numbers has to begin at a multiple of four bytes and a Buffer need not. */
function floatsOf(bytes: Buffer): Float32Array {
  const floats = new Float32Array(bytes.byteLength / Float32Array.BYTES_PER_ELEMENT);
  new Uint8Array(floats.buffer).set(bytes);
  return floats;
}
