import { builtIn, createLanguage } from '../language.ts';
import '../phone.css';
import { createPlace } from '../place.ts';
import { render } from '../render.ts';
import { savesByPressing } from '../savesByPressing.ts';
import { App } from './App.tsx';
import { createBucket } from './bucket.ts';
import { createClaim } from './createClaim.ts';
import { createCloudGallery } from './createCloudGallery.ts';
import { findDoor } from './door.ts';
import { pageOf } from './pageOf.ts';
import { readGallery } from './readGallery.ts';

// What the cloud's page is made of. No logic. See [Note: Cloud galleries].
const spoken = createLanguage(navigator.languages);
spoken.offer(builtIn);
const place = createPlace(window, pageOf);
const bucket = createBucket(window.fetch.bind(window), window.location.href);
const claim = createClaim({ findDoor: (code) => findDoor(bucket, code), storage: () => window.sessionStorage });

render(
  <App
    {...{ place, spoken, claim, bucket }}
    isSecure={window.isSecureContext}
    savesByPressing={savesByPressing(navigator)}
    galleryOf={(door) =>
      createCloudGallery({
        read: async () => readGallery(bucket, await door),
        page: document,
        now: Date.now,
        onLanguage: spoken.fallBackTo,
        onEnded: place.settle,
      })
    }
  />,
);
if (window.isSecureContext && place.store.getState().page.at === 'code') void claim.reopen();
