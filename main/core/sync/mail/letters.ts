import { z } from 'zod';
import { eventSettingsSchema, fail, ok, type Result } from '../../../../preload/index.ts';
import type { Keys } from '../../keys/index.ts';
import type { Store } from '../../store/index.ts';
import { mailContentSchema, mailPlaceOf } from '../../guests/index.ts';
import type { Letter } from './letter.ts';

/** The e-mails that guests have asked for. */
export interface Letters {
  /**
   * @returns undefined where none is to be sent: it was, or the visit was erased, or the gallery is gone; cloud.keys-away, or cloud.content-missing
   *   for one that nobody can open any more
   */
  letterOf(visitId: string): Result<Letter | undefined>;
  /** The server has it: to whom it went is forgotten. */
  markSent(visitId: string): Result<void>;
}

const brandingSchema = z.object({ accent: eventSettingsSchema.shape.accent });

export function createLetters({
  store: { mails, cloudGalleries, events },
  keys,
}: {
  store: Pick<Store, 'mails' | 'cloudGalleries' | 'events'>;
  keys: Pick<Keys, 'eventKeys'>;
}): Letters {
  function letterOf(visitId: string): Result<Letter | undefined> {
    const mail = mails.get(visitId);
    const gallery = cloudGalleries.get(visitId);
    const event = mail && events.get(mail.eventId);
    if (mail?.sealed === undefined || gallery === undefined || event === undefined) return ok(undefined);
    const eventKeys = keys.eventKeys();
    if (eventKeys === undefined) return fail('cloud.keys-away');
    const sealer = eventKeys.sealerOf(mail.eventId);
    const place = mailPlaceOf(visitId);
    const plain = sealer.ok ? sealer.value.unseal(place, mail.sealed) : undefined;
    if (plain === undefined) return fail('cloud.content-missing', place);
    const { accent } = brandingSchema.parse(JSON.parse(event.settings));
    return ok({ ...mailContentSchema.parse(JSON.parse(plain.toString())), accent, expiresOn: gallery.expiresOn });
  }

  return { letterOf, markSent: (visitId) => mails.markSent(visitId) };
}
