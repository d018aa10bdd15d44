import { useMemo, useState, type CSSProperties } from 'react';
import { useStore } from 'zustand';
import { phonePaths, type PhoneEvent } from '../../../preload/index.ts';
import { Button, Prints, Screen, Waiting } from '../parts/index.ts';
import type { Place } from '../place.ts';
import { SelfieScreen, type PhoneCamera, type Selfie } from '../selfie/index.ts';
import { useSpeech } from '../speech.ts';
import { AlbumContext } from '../album.ts';
import { EraseScreen } from './EraseScreen.tsx';
import type { Gallery } from './createGallery.ts';
import { growFrom } from './growFrom.ts';
import { Photos } from './Photos.tsx';
import { serverAlbum } from './serverAlbum.ts';
import { Viewer } from './Viewer.tsx';

interface GalleryPageProps {
  place: Place;
  gallery: Gallery;
  event: PhoneEvent | undefined;
  selfie: Selfie;
  camera: PhoneCamera;
  savesByPressing: boolean;
}

/** A guest's gallery, in whatever state it is. */
export const GalleryPage = (props: GalleryPageProps) => {
  const { place, gallery, event, selfie, camera, savesByPressing } = props;
  const { t } = useSpeech();
  const state = useStore(gallery.store);
  const { layer } = useStore(place.store);
  const [from, setFrom] = useState<CSSProperties>();
  const { token } = gallery;
  const album = useMemo(() => serverAlbum(token), [token]);

  const restart = (
    <Button
      kind="primary"
      onPress={() => {
        place.replace(phonePaths.startPage);
      }}
    >
      {t('ended.restart')}
    </Button>
  );

  switch (state.at) {
    case 'opening':
      return <Waiting key="opening" title={t('gallery.opening')} />;
    case 'unknown':
      return (
        <Screen
          key="unknown"
          picture={<Prints state="blank" />}
          title={t('ended.unknownTitle')}
          lead={t('ended.unknownLead')}
          actions={restart}
        />
      );
    case 'gone':
      return (
        <Screen
          key="gone"
          picture={<Prints state="blank" />}
          title={t('ended.goneTitle')}
          lead={t('ended.goneLead')}
          actions={restart}
        />
      );
    case 'erased':
      return (
        <Screen
          key="erased"
          picture={<Prints state="fades" />}
          title={t('ended.erasedTitle')}
          lead={state.faces === 0 ? t('ended.erasedLead') : t('ended.erasedFaces', { count: state.faces })}
        />
      );
    case 'shown':
      break;
  }
  if (layer?.at === 'selfie') return <SelfieScreen selfie={selfie} camera={camera} token={token} />;
  if (layer?.at === 'erase') {
    return (
      <EraseScreen
        erasing={state.erasing}
        onErase={(withFaces) => void gallery.erase(withFaces)}
        onLeave={place.close}
      />
    );
  }
  return (
    <AlbumContext value={album}>
      <Photos
        token={token}
        state={state}
        mayRegister={event?.mayRegister === true && event.isOpen}
        onOpen={(photoId) => {
          setFrom(growFrom(document, photoId));
          place.open({ at: 'viewer', photoId });
        }}
        onAnswer={(photoId, isMe) => void gallery.answer(photoId, isMe)}
        onSelfie={() => {
          place.open({ at: 'selfie' });
        }}
        onErase={() => {
          place.open({ at: 'erase' });
        }}
      />
      {layer?.at === 'viewer' && (
        <Viewer
          photos={state.contents.photos}
          firstId={layer.photoId}
          from={from}
          mayDownload={state.contents.mayDownload}
          savesByPressing={savesByPressing}
          onNotMe={(photoId) => void gallery.answer(photoId, false)}
          onClose={place.close}
        />
      )}
    </AlbumContext>
  );
};
