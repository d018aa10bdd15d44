import type { ReactNode } from 'react';
import { Foot, FreshNote, Mosaic } from '../gallery/index.ts';
import { Prints, Screen } from '../parts/index.ts';
import { useSpeech } from '../speech.ts';
import type { ShownCloudGallery } from './createCloudGallery.ts';

interface CloudPhotosProps {
  state: ShownCloudGallery;
  /** What there is to do besides, under the photos. */
  actions: ReactNode;
  onOpen: (photoId: number) => void;
}

/** All the photos of a gallery in the bucket. Nobody is there to be told anything: of being erased, too, it only says who does it. */
export const CloudPhotos = ({ state, actions, onOpen }: CloudPhotosProps) => {
  const { t } = useSpeech();
  const { contents, fresh, isTelling } = state;
  const { photos, isLive, expiresAt } = contents;
  const isEmpty = photos.length === 0;
  const leadEmpty = t(isLive ? 'gallery.leadEmpty' : 'cloud.leadEmptyOver');
  return (
    <>
      <Screen
        picture={isEmpty ? <Prints state="blank" /> : undefined}
        title={isEmpty ? t('gallery.titleEmpty') : t('gallery.title', { count: photos.length })}
        lead={isEmpty ? leadEmpty : undefined}
      >
        {!isEmpty && <Mosaic photos={photos} fresh={fresh} onOpen={onOpen} />}
        <Foot isFilling={isLive && !isEmpty} expiresAt={expiresAt}>
          <p>{t('cloud.erase')}</p>
          {actions}
        </Foot>
      </Screen>
      <FreshNote fresh={fresh} isTelling={isTelling} />
    </>
  );
};
