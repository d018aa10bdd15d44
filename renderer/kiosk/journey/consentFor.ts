import type { Consent, Language } from '../../../preload/index.ts';
import type { KioskSettings } from './state.ts';

/** What a guest is asked to agree to: in their language, or in the first that the event has words for. */
export function consentFor(
  { consents, languages }: KioskSettings,
  language: Language,
): { language: Language; consent: Consent } | undefined {
  for (const candidate of [language, ...languages]) {
    const consent = consents[candidate];
    if (consent !== undefined) return { language: candidate, consent };
  }
  return undefined;
}
