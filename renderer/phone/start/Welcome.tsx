import { phonePaths, type PhoneEvent } from '../../../preload/index.ts';
import type { KeptVisit } from '../kept.ts';
import { Button, Prints, Screen } from '../parts/index.ts';
import type { Place } from '../place.ts';
import { useSpeech } from '../speech.ts';
import type { TextKey } from '../texts.ts';

interface WelcomeProps {
  event: PhoneEvent;
  visit: KeptVisit | undefined;
  place: Place;
  onSomebodyElse: () => void;
}

/** What is said: that photos wait here, or kindly why there is no selfie now. */
const wordsFor = (event: PhoneEvent, hasVisit: boolean): { title: TextKey; lead: TextKey } => {
  if (hasVisit) return { title: 'welcome.backTitle', lead: 'welcome.backLead' };
  if (!event.isOpen) return { title: 'welcome.closedTitle', lead: 'welcome.closedLead' };
  if (!event.mayRegister) return { title: 'welcome.kioskTitle', lead: 'welcome.kioskLead' };
  return { title: 'welcome.title', lead: 'welcome.lead' };
};

export const Welcome = ({ event, visit, place, onSomebodyElse }: WelcomeProps) => {
  const { t } = useSpeech();
  const maySelfie = event.isOpen && event.mayRegister;
  const words = wordsFor(event, visit !== undefined);

  const register = (): void => {
    if (visit !== undefined) onSomebodyElse();
    place.open({ at: 'consent' });
  };
  const typeCode = (): void => {
    place.open({ at: 'code' });
  };
  return (
    <Screen
      picture={<Prints state="comes-up" />}
      title={t(words.title)}
      lead={t(words.lead)}
      actions={
        <>
          {visit !== undefined && (
            <Button
              kind="primary"
              onPress={() => {
                place.replace(phonePaths.galleryPage(visit.token));
              }}
            >
              {t('welcome.mine')}
            </Button>
          )}
          {maySelfie && (
            <Button kind={visit === undefined ? 'primary' : 'plain'} onPress={register}>
              {t(visit === undefined ? 'welcome.start' : 'welcome.somebodyElse')}
            </Button>
          )}
          <Button kind={visit === undefined && !maySelfie ? 'primary' : 'plain'} onPress={typeCode}>
            {t('welcome.code')}
          </Button>
        </>
      }
    />
  );
};
