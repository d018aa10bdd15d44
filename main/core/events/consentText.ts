import { createHash } from 'node:crypto';
import { createInstance } from 'i18next';
import type { Consent, EventSettings, Language } from '../../../preload/index.ts';
import en from '../../../resources/locales/en.json' with { type: 'json' };
import fr from '../../../resources/locales/fr.json' with { type: 'json' };

const texts = createInstance({
  resources: { fr: { translation: fr }, en: { translation: en } },
  interpolation: { escapeValue: false },
  initAsync: false,
});
void texts.init();

/** Where a guest is asked: the kiosk forgets a guest who leaves; a phone's gallery goes on being looked for. */
export type ConsentPlace = 'kiosk' | 'phone';

/** What of a guest leaves the booth. */
export interface Leaving {
  /** Whoever asks for a code or a link has a gallery in the cloud, too, which photos are added to: for that the guest has to be known. */
  hasCloudGalleries: boolean;
  /** A FindMe service is sent the selfie. */
  hasFindme: boolean;
}

/** What a guest agrees to: the event's own words, or the built-in ones. The version is another whenever a word is. */
export function consentOf(
  settings: EventSettings,
  language: Language,
  place: ConsentPlace,
  { hasCloudGalleries, hasFindme }: Leaving,
): Consent {
  const t = texts.getFixedT(language, 'translation', 'kiosk.consent');
  const own = settings.consentTexts[language];
  const count = settings.retentionDays;
  const builtIn: Record<ConsentPlace, () => Consent['points']> = {
    kiosk: () => [
      { sign: 'compare', title: t('compareTitle'), text: t(hasFindme ? 'compareFindme' : 'compare') },
      { sign: 'forget', title: t('forgetTitle'), text: t(hasFindme ? 'forgetFindme' : 'forget') },
      { sign: 'keep', title: t('keepTitle'), text: t(hasCloudGalleries ? 'keepOnline' : 'keep', { count }) },
    ],
    phone: () => [
      { sign: 'compare', title: t('phoneCompareTitle'), text: t(hasFindme ? 'phoneCompareFindme' : 'phoneCompare') },
      {
        sign: 'keep',
        title: t('phoneKeepTitle'),
        text: t(hasCloudGalleries ? 'phoneKeepOnline' : 'phoneKeep', { count }),
      },
      { sign: 'forget', title: t('phoneForgetTitle'), text: t('phoneForget') },
    ],
  };
  const consent: Consent = {
    version: '',
    title: t('title'),
    points: own === undefined ? builtIn[place]() : paragraphsOf(own).map((text) => ({ text })),
    child: t('child'),
  };
  return { ...consent, version: createHash('sha256').update(consentTextOf(consent)).digest('hex').slice(0, 12) };
}

/** All of it as one text, as it is recorded. */
export const consentTextOf = ({ title, points, child }: Consent): string =>
  [title, ...points.flatMap((point) => [point.title, point.text]), child]
    .filter((part) => part !== undefined)
    .join('\n\n');

const paragraphsOf = (text: string): string[] =>
  text
    .split(/\r?\n\s*\r?\n/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== '');
