import { createInstance } from 'i18next';
import type { Language } from '../../../../preload/index.ts';
import en from '../../../../resources/locales/en.json' with { type: 'json' };
import fr from '../../../../resources/locales/fr.json' with { type: 'json' };
import type { Letter } from './letter.ts';

const texts = createInstance({
  resources: { fr: { translation: fr }, en: { translation: en } },
  // They are plain text: whoever makes HTML of them escapes them.
  interpolation: { escapeValue: false },
  initAsync: false,
});
void texts.init();

const locales = { fr: 'fr-FR', en: 'en-GB' } as const satisfies Record<Language, string>;

/** All that an e-mail says, sentence by sentence; a line each, whatever names there are in them. */
export type Words = Record<Exclude<keyof typeof fr.mail, 'helloName'> | 'event', string>;

/** @param sender as the guest knows them */
export function wordsOf({ language, name, eventName, expiresOn }: Letter, sender: string): Words {
  // A date without a time: the same wherever it is read.
  const date = new Intl.DateTimeFormat(locales[language], { dateStyle: 'long', timeZone: 'UTC' });
  const values = {
    event: oneLine(eventName),
    name: oneLine(name ?? ''),
    sender: oneLine(sender),
    date: date.format(new Date(`${expiresOn}T00:00:00Z`)),
  };
  const t = texts.getFixedT(language, 'translation', 'mail');
  return {
    subject: t('subject', values),
    event: values.event,
    title: t('title'),
    hello: values.name === '' ? t('hello') : t('helloName', values),
    lead: t('lead', values),
    open: t('open'),
    until: t('until', values),
    private: t('private'),
    copy: t('copy'),
    from: t('from', values),
    noAnswer: t('noAnswer'),
  };
}

/** Names are whatever somebody has typed: no line begins in them, and nothing turns the writing around. */
const oneLine = (text: string): string =>
  text.replaceAll(/[ \p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+/gu, ' ').trim();
