import { App } from './App.tsx';
import { createGallery } from './gallery/index.ts';
import { createHall } from './hall.ts';
import { createKept } from './kept.ts';
import { createLanguage } from './language.ts';
import './phone.css';
import { createPlace, pageOf } from './place.ts';
import { createCamera, createSelfie } from './selfie/index.ts';
import { render } from './render.ts';
import { savesByPressing } from './savesByPressing.ts';
import { createServer } from './server/index.ts';
import { createStart } from './start/index.ts';

// What a phone's pages are made of. No logic.
const spoken = createLanguage(navigator.languages);
const place = createPlace(window, pageOf);
const kept = createKept(() => window.localStorage, Date.now);
const camera = createCamera(document);
const hall = createHall((event) => {
  spoken.offer(event.languages);
});
const server = createServer({
  fetch: window.fetch.bind(window),
  language: spoken.current,
  onReached: hall.noteReached,
});
const selfie = createSelfie({ server, onDone: place.replace });
const start = createStart({
  server,
  kept,
  onRegistered: (token) => {
    camera.open((picture) => void selfie.send(token, picture));
  },
  onRefused: () => void hall.enter(server),
  onGallery: place.replace,
});

// The way back gives up what was under way.
place.store.subscribe(({ layer }) => {
  if (layer !== undefined) return;
  selfie.reset();
  start.forgetProblem();
});

render(
  <App
    {...{ hall, place, spoken, start, selfie, camera }}
    savesByPressing={savesByPressing(navigator)}
    galleryOf={(token) =>
      createGallery({
        token,
        server,
        kept,
        page: document,
        onLanguage: spoken.fallBackTo,
        onEnded: place.settle,
      })
    }
  />,
);
void hall.enter(server);
