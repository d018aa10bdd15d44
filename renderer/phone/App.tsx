import { useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import { Frame } from './Frame.tsx';
import { GalleryPage, type Gallery } from './gallery/index.ts';
import type { Hall } from './hall.ts';
import type { SpokenLanguage } from './language.ts';
import { Waiting } from './parts/index.ts';
import type { Place } from './place.ts';
import type { PhoneCamera, Selfie } from './selfie/index.ts';
import { useSpeech } from './speech.ts';
import { StartPage, type Start } from './start/index.ts';

export interface AppProps {
  hall: Hall;
  place: Place;
  spoken: SpokenLanguage;
  start: Start;
  selfie: Selfie;
  camera: PhoneCamera;
  galleryOf: (token: string) => Gallery;
  savesByPressing: boolean;
}

export const App = (props: AppProps) => {
  const { hall, place, spoken } = props;
  const { event, isLost } = useStore(hall.store);
  const { layer } = useStore(place.store);
  const isOverPage = layer !== undefined && layer.at !== 'viewer';
  return (
    <Frame {...{ event, isLost, spoken }} onBack={isOverPage ? place.close : undefined}>
      <Page {...props} />
    </Frame>
  );
};

const Page = ({ hall, place, start, selfie, camera, galleryOf, savesByPressing }: AppProps) => {
  const { t } = useSpeech();
  const { event } = useStore(hall.store);
  const { page } = useStore(place.store);

  if (page.at === 'gallery') {
    return (
      <FollowedGallery
        key={page.token}
        token={page.token}
        galleryOf={galleryOf}
        {...{ place, event, selfie, camera, savesByPressing }}
      />
    );
  }
  if (event === undefined) return <Waiting title={t('page.moment')} />;
  return <StartPage {...{ place, event, start, selfie, camera }} />;
};

interface FollowedGalleryProps extends Omit<Parameters<typeof GalleryPage>[0], 'gallery'> {
  token: string;
  galleryOf: (token: string) => Gallery;
}

/** A gallery that is kept as it is on the server for as long as it is the page. */
const FollowedGallery = ({ token, galleryOf, ...rest }: FollowedGalleryProps) => {
  const gallery = useMemo(() => galleryOf(token), [galleryOf, token]);
  useEffect(() => gallery.follow(), [gallery]);
  return <GalleryPage gallery={gallery} {...rest} />;
};
