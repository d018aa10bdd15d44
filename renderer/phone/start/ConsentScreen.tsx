import { useState } from 'react';
import type { Consent, PhoneEvent } from '../../../preload/index.ts';
import { icons } from '../../ui/index.ts';
import { Advice, Button, Field, Screen } from '../parts/index.ts';
import { useSpeech } from '../speech.ts';
import styles from './ConsentScreen.module.css';
import type { Agreement } from './createStart.ts';
import { isEmail, longestEmail } from './email.ts';

interface ConsentScreenProps {
  event: PhoneEvent;
  /** Undefined: the guest has to type it. */
  eventCode: string | undefined;
  isBusy: boolean;
  problem: string | undefined;
  onAgree: (agreement: Agreement) => void;
  onRefuse: () => void;
}

const longestName = 80;
const longestEventCode = 200;
const signs = { compare: icons.CompareIcon, forget: icons.ForgetIcon, keep: icons.KeyIcon };

/** What a guest agrees to, in exactly the words that are recorded, before any picture is taken. */
export const ConsentScreen = ({ event, eventCode, isBusy, problem, onAgree, onRefuse }: ConsentScreenProps) => {
  const { t, language } = useSpeech();
  const [typedCode, setTypedCode] = useState(eventCode ?? '');
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [isEmailWrong, setEmailWrong] = useState(false);
  // The code in an address may be another event's: refused once, it can be seen and mended.
  const asksForCode = event.code === undefined && (eventCode === undefined || problem !== undefined);

  const texts = [language, ...event.languages].map((each) => ({ language: each, consent: event.consents[each] }));
  const shown = texts.find(({ consent }) => consent !== undefined);
  const code = event.code ?? typedCode;
  return (
    <form
      className={styles['form']}
      // What is to be mended is said in the page's words, not the browser's.
      noValidate
      onSubmit={(submit) => {
        submit.preventDefault();
        if (isBusy || code.trim() === '') return;
        const isWrong = email.trim() !== '' && !isEmail(email.trim());
        setEmailWrong(isWrong);
        if (isWrong) return;
        onAgree({ language: shown?.language ?? language, consent: shown?.consent, eventCode: code, name, email });
      }}
    >
      <Screen
        actionsAt="end"
        title={<span lang={shown?.language}>{shown?.consent?.title ?? t('consent.title')}</span>}
        actions={
          <>
            {problem !== undefined && <Advice>{problem === '' ? t('page.notReached') : problem}</Advice>}
            <Button kind="primary" isSubmit isDisabled={isBusy || code.trim() === ''}>
              {t(isBusy ? 'page.moment' : 'consent.accept')}
            </Button>
            <Button kind="plain" onPress={onRefuse}>
              {t('consent.refuse')}
            </Button>
          </>
        }
      >
        {shown?.consent !== undefined && <Points consent={shown.consent} language={shown.language} />}
        {asksForCode && (
          <Field
            label={t('consent.eventCode')}
            hint={t('consent.eventCodeHint')}
            value={typedCode}
            maxLength={longestEventCode}
            autoComplete="off"
            autoCapitalize="none"
            onChange={setTypedCode}
          />
        )}
        <Field
          label={t('consent.name')}
          hint={t('consent.nameHint')}
          value={name}
          maxLength={longestName}
          autoComplete="given-name"
          enterKeyHint={event.asksEmail ? 'next' : 'done'}
          onChange={setName}
        />
        {event.asksEmail && (
          <Field
            label={t('consent.email')}
            hint={t(event.sendsLink ? 'consent.emailSentHint' : 'consent.emailHint')}
            problem={isEmailWrong ? t('consent.emailWrong') : undefined}
            value={email}
            type="email"
            inputMode="email"
            maxLength={longestEmail}
            autoComplete="email"
            autoCapitalize="none"
            enterKeyHint="done"
            onChange={(typed) => {
              setEmail(typed);
              setEmailWrong(false);
            }}
          />
        )}
      </Screen>
    </form>
  );
};

const Points = ({ consent, language }: { consent: Consent; language: string }) => (
  <div className={styles['points']} lang={language}>
    <ul>
      {consent.points.map(({ sign, title, text }) => {
        const Sign = sign === undefined ? undefined : signs[sign];
        return (
          <li key={text} className={styles['point']}>
            {Sign !== undefined && <Sign />}
            <div>
              {title !== undefined && <strong>{title}</strong>}
              <p>{text}</p>
            </div>
          </li>
        );
      })}
    </ul>
    {consent.child !== '' && <p className={styles['child']}>{consent.child}</p>}
  </div>
);
