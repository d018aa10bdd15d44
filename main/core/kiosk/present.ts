import type { CameraChoice, Consent, Kiosk, Language } from '../../../preload/index.ts';
import type { Config } from '../config/index.ts';
import type { BoothEvent } from '../events/index.ts';
import { codeLengthFor, shortHomeAddressOf } from '../guests/index.ts';

/** What a guests' window has to know before anything else; of a booth that stands at no event yet, as it comes. */
export function kioskOf({
  config: { kiosk, cloud },
  event,
  consents = {},
  camera,
  phones,
  print,
}: {
  config: Config;
  event?: BoothEvent | undefined;
  consents?: Partial<Record<Language, Consent>> | undefined;
  /** As staff chose it. */
  camera?: CameraChoice | undefined;
  /** How guests' phones get here. */
  phones?: Kiosk['phones'];
  /** What guests may print. */
  print?: Kiosk['print'];
}): Omit<Kiosk, 'engine'> {
  const settings = event?.settings;
  const galleryUrl = cloud?.galleryUrl;
  return {
    event: {
      id: event?.id ?? 0,
      name: settings?.name ?? 'FindMe',
      accent: settings?.accent ?? '#F2573D',
      ...(settings?.logo === undefined ? {} : { logo: settings.logo }),
      attractPictures: settings?.attractPictures ?? [],
    },
    consents,
    languages: settings?.languages ?? kiosk.languages ?? ['fr', 'en'],
    mayBrowse: settings?.may.browse ?? false,
    ...(phones === undefined ? {} : { phones }),
    codeLength: codeLengthFor(galleryUrl !== undefined),
    ...(galleryUrl === undefined ? {} : { home: { shortAddress: shortHomeAddressOf(galleryUrl) } }),
    ...(print === undefined ? {} : { print }),
    camera: kiosk.camera ?? camera ?? { rotationDegrees: 0 },
    idle: { warnAfterMs: kiosk.idle.warnAfterSeconds * 1000, wipeAfterMs: kiosk.idle.wipeAfterSeconds * 1000 },
  };
}
