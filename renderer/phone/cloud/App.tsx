import { useEffect, useMemo } from 'react';
import { useStore } from 'zustand';
import { Frame } from '../Frame.tsx';
import type { SpokenLanguage } from '../language.ts';
import { Prints, Screen } from '../parts/index.ts';
import type { Place } from '../place.ts';
import { useSpeech } from '../speech.ts';
import type { Bucket } from './bucket.ts';
import { CloudCodeScreen } from './CloudCodeScreen.tsx';
import { CloudGalleryPage } from './CloudGalleryPage.tsx';
import type { Claim } from './createClaim.ts';
import type { CloudGallery } from './createCloudGallery.ts';
import { doorOfLink, type Door } from './door.ts';
import type { CloudPage } from './pageOf.ts';

interface AppProps {
  place: Place<CloudPage>;
  spoken: SpokenLanguage;
  claim: Claim;
  bucket: Bucket;
  galleryOf: (door: Promise<Door>) => CloudGallery;
  savesByPressing: boolean;
  /** Whether the browser lets this page open anything at all: not where it has come without TLS. */
  isSecure: boolean;
}

export const App = ({ isSecure, ...props }: AppProps) => {
  const { place, spoken, claim } = props;
  const { page } = useStore(place.store);
  const state = useStore(claim.store);
  const framed = { event: undefined, isLost: false, onBack: undefined, spoken };

  if (!isSecure) {
    return (
      <Frame {...framed}>
        <Insecure />
      </Frame>
    );
  }
  if (page.at === 'link') {
    return <LinkGallery key={`${String(page.days)}.${page.token}`} days={page.days} token={page.token} {...props} />;
  }
  if (state.at === 'opened') return <CodeGallery key={state.door.path} door={state.door} {...props} />;
  return (
    <Frame {...framed}>
      <CloudCodeScreen state={state} onCode={(code) => void claim.open(code)} />
    </Frame>
  );
};

type GalleryProps = Omit<AppProps, 'isSecure'>;

const LinkGallery = ({ days, token, ...props }: GalleryProps & { days: number; token: string }) => {
  const { galleryOf } = props;
  const gallery = useMemo(() => galleryOf(doorOfLink(days, token)), [galleryOf, days, token]);
  return <FollowedGallery gallery={gallery} {...props} />;
};

const CodeGallery = ({ door, ...props }: GalleryProps & { door: Door }) => {
  const { galleryOf } = props;
  const gallery = useMemo(() => galleryOf(Promise.resolve(door)), [galleryOf, door]);
  return <FollowedGallery gallery={gallery} {...props} />;
};

/** A gallery that is kept as it is in the bucket for as long as it is the page. */
const FollowedGallery = ({ gallery, ...props }: GalleryProps & { gallery: CloudGallery }) => {
  const { place, spoken, claim, bucket, savesByPressing } = props;
  useEffect(() => gallery.follow(), [gallery]);
  const state = useStore(gallery.store);
  return (
    <Frame
      event={state.at === 'shown' ? state.contents.event : undefined}
      isLost={state.isLost}
      isWide={state.at === 'shown'}
      onBack={undefined}
      spoken={spoken}
    >
      <CloudGalleryPage
        {...{ place, state, bucket, savesByPressing }}
        onCode={() => {
          claim.leave();
          // Without what follows the page's own address.
          place.replace(window.location.pathname);
        }}
      />
    </Frame>
  );
};

const Insecure = () => {
  const { t } = useSpeech();
  return <Screen picture={<Prints state="blank" />} title={t('cloud.insecureTitle')} lead={t('cloud.insecureLead')} />;
};
