import { useRef } from 'react';
import { phonePaths, type Gallery as Contents } from '../../../preload/index.ts';
import { Button, FileLink, Prints, Screen } from '../parts/index.ts';
import { useSpeech } from '../speech.ts';
import type { Speech } from '../texts.ts';
import type { ShownGallery } from './createGallery.ts';
import { Foot } from './Foot.tsx';
import { FreshNote } from './FreshNote.tsx';
import { MaybeShelf } from './MaybeShelf.tsx';
import { Mosaic } from './Mosaic.tsx';
import styles from './Photos.module.css';

interface PhotosProps {
  token: string;
  state: ShownGallery;
  mayRegister: boolean;
  onOpen: (photoId: number) => void;
  onAnswer: (photoId: number, isMe: boolean) => void;
  onSelfie: () => void;
  onErase: () => void;
}

/** The few large words, and what is said under them: an empty gallery is a beginning. */
const wordsFor = ({ photos, maybe, hasSelfie, isLive }: Contents, { t }: Speech): { title: string; lead: string } => {
  if (photos.length > 0) return { title: t('gallery.title', { count: photos.length }), lead: '' };
  if (maybe.length > 0) return { title: t('gallery.titleMaybe'), lead: '' };
  if (!hasSelfie) return { title: t('gallery.titleNoSelfie'), lead: t('gallery.leadNoSelfie') };
  return { title: t('gallery.titleEmpty'), lead: t(isLive ? 'gallery.leadEmpty' : 'gallery.leadEmptyOver') };
};

export const Photos = ({ token, state, mayRegister, onOpen, onAnswer, onSelfie, onErase }: PhotosProps) => {
  const speech = useSpeech();
  const { t } = speech;
  const unsure = useRef<HTMLDivElement>(null);
  const { contents, fresh, isTelling, answering } = state;
  const { photos, maybe, mayDownload, isLive, expiresAt } = contents;
  const { title, lead } = wordsFor(contents, speech);
  const maySave = mayDownload && photos.length > 0;

  const saveAll = maySave && (
    <FileLink kind="primary" href={phonePaths.zip(token)}>
      {t('gallery.saveAll')}
    </FileLink>
  );
  const another = mayRegister && (
    <Button kind={maySave ? 'plain' : 'primary'} onPress={onSelfie}>
      {t(contents.hasSelfie ? 'gallery.another' : 'selfie.take')}
    </Button>
  );
  return (
    <>
      <Screen
        picture={photos.length === 0 && maybe.length === 0 ? <Prints state="blank" /> : undefined}
        title={title}
        lead={lead}
        actionsAt="beside"
        actions={
          saveAll || another ? (
            <>
              {saveAll}
              {another}
            </>
          ) : undefined
        }
      >
        {photos.length > 0 && maybe.length > 0 && (
          <button
            type="button"
            className={styles['unsure']}
            onClick={() => {
              unsure.current?.scrollIntoView({ block: 'start' });
            }}
          >
            {t('gallery.unsure', { count: maybe.length })}
          </button>
        )}
        {photos.length > 0 && <Mosaic photos={photos} fresh={fresh} onOpen={onOpen} />}
        {maybe.length > 0 && (
          <div ref={unsure}>
            <MaybeShelf photos={maybe} answering={answering} onAnswer={onAnswer} />
          </div>
        )}
        <Foot isFilling={isLive && photos.length > 0} expiresAt={expiresAt}>
          <Button kind="plain" onPress={onErase}>
            {t('gallery.erase')}
          </Button>
        </Foot>
      </Screen>
      <FreshNote fresh={fresh} isTelling={isTelling} />
    </>
  );
};
