import { useMemo, useState, type CSSProperties } from 'react';
import { useStore } from 'zustand';
import { AlbumContext } from '../album.ts';
import { growFrom, Viewer } from '../gallery/index.ts';
import { Button, Prints, Screen, Waiting } from '../parts/index.ts';
import type { Place } from '../place.ts';
import { useSpeech } from '../speech.ts';
import type { Bucket } from './bucket.ts';
import { bucketAlbum } from './bucketAlbum.ts';
import styles from './CloudGalleryPage.module.css';
import { CloudPhotos } from './CloudPhotos.tsx';
import type { CloudGalleryState, ShownCloudGallery } from './createCloudGallery.ts';
import type { CloudPage } from './pageOf.ts';

interface CloudGalleryPageProps {
  place: Place<CloudPage>;
  state: CloudGalleryState;
  bucket: Bucket;
  savesByPressing: boolean;
  /** To where a code is typed. */
  onCode: () => void;
}

/** A guest's gallery in the bucket, in whatever state it is. */
export const CloudGalleryPage = ({ state, onCode, ...rest }: CloudGalleryPageProps) => {
  const { t } = useSpeech();
  const { page } = useStore(rest.place.store);
  switch (state.at) {
    case 'opening':
      return <Waiting title={t('gallery.opening')} />;
    case 'awaited':
      return (
        <Screen
          key="awaited"
          picture={<Prints state="blank" />}
          title={t('cloud.awaitedTitle')}
          lead={t('cloud.awaitedLead')}
          actions={
            <Button kind="plain" onPress={onCode}>
              {t(page.at === 'link' ? 'cloud.haveCode' : 'cloud.otherCode')}
            </Button>
          }
        >
          <p className={styles['lesser']}>{t('cloud.awaitedLast')}</p>
        </Screen>
      );
    case 'ended':
      return (
        <Screen
          key="ended"
          picture={<Prints state="fades" />}
          title={t('ended.unknownTitle')}
          lead={t('cloud.endedLead')}
          actions={
            <Button kind="plain" onPress={onCode}>
              {t(page.at === 'link' ? 'cloud.haveCode' : 'cloud.otherCode')}
            </Button>
          }
        />
      );
    case 'shown':
      return (
        <Shown
          key="shown"
          state={state}
          actions={
            page.at === 'code' && (
              <Button kind="plain" onPress={onCode}>
                {t('cloud.otherCode')}
              </Button>
            )
          }
          {...rest}
        />
      );
  }
};

interface ShownProps extends Omit<CloudGalleryPageProps, 'state' | 'onCode'> {
  state: ShownCloudGallery;
  actions: Parameters<typeof CloudPhotos>[0]['actions'];
}

const Shown = ({ place, state, bucket, savesByPressing, actions }: ShownProps) => {
  const { layer } = useStore(place.store);
  const [from, setFrom] = useState<CSSProperties>();
  const { photos, mayDownload } = state.contents;
  const album = useMemo(() => bucketAlbum(photos, bucket.addressOf), [photos, bucket]);
  return (
    <AlbumContext value={album}>
      <CloudPhotos
        state={state}
        actions={actions}
        onOpen={(photoId) => {
          setFrom(growFrom(document, photoId));
          place.open({ at: 'viewer', photoId });
        }}
      />
      {layer?.at === 'viewer' && (
        <Viewer
          photos={photos}
          firstId={layer.photoId}
          from={from}
          mayDownload={mayDownload}
          savesByPressing={savesByPressing}
          onClose={place.close}
        />
      )}
    </AlbumContext>
  );
};
