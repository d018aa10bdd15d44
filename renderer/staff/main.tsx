import { createRoot } from 'react-dom/client';
import { staffEvents, staffRequests, type Bridge } from '../../preload/index.ts';
import en from '../../resources/locales/staff/en.json' with { type: 'json' };
import fr from '../../resources/locales/staff/fr.json' with { type: 'json' };
import { createLine } from '../line/index.ts';
import { createTexts } from '../ui/index.ts';
import { createDesk } from './desk.ts';
import { App } from './App.tsx';
import './staff.css';

declare global {
  interface Window {
    findme: Bridge;
  }
}

// Keys are derived and workers started behind some of the questions.
const deadlineMs = 60_000;

// What a staff's window is made of. No logic.
const line = createLine({
  bridge: window.findme,
  page: window,
  requests: staffRequests,
  events: staffEvents,
  deadlineMs,
});
const desk = createDesk({ line, close: () => window.findme.close() });

const root = document.getElementById('app');
if (root === null) throw new Error('index.html has no #app');
createRoot(root).render(<App desk={desk} texts={createTexts('fr', { fr: { staff: fr }, en: { staff: en } })} />);
line.connect();
