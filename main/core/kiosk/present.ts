import { existsSync } from 'node:fs';
import type { Kiosk } from '../../../preload/index.ts';
import type { Config } from '../config/index.ts';

/** The event's own pictures that are there, by their name in `brandingUrl`. */
export function brandingOf({ logo, attractPictures }: Config['event']): Record<string, string> {
  const pictures = attractPictures.filter((file) => existsSync(file));
  return {
    ...(logo !== undefined && existsSync(logo) ? { logo } : {}),
    ...Object.fromEntries(pictures.map((file, i) => [`attract-${String(i)}`, file])),
  };
}

/** What a guests' window has to know before anything else. */
export function kioskOf({ event, kiosk }: Config): Omit<Kiosk, 'engine'> {
  const branding = Object.keys(brandingOf(event));
  const { name, accent, retentionDays } = event;
  return {
    event: {
      name,
      accent,
      retentionDays,
      hasLogo: branding.includes('logo'),
      attractPictures: branding.filter((picture) => picture.startsWith('attract-')).length,
    },
    languages: kiosk.languages,
    mayBrowse: kiosk.mayBrowse,
    camera: kiosk.camera,
    idle: { warnAfterMs: kiosk.idle.warnAfterSeconds * 1000, wipeAfterMs: kiosk.idle.wipeAfterSeconds * 1000 },
  };
}
