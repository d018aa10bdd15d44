import { createRoot } from 'react-dom/client';
import type { Bridge } from '../../preload/index.ts';
import { createTexts } from '../ui/index.ts';
import { App } from './App.tsx';
import { createBooth } from './booth/index.ts';
import { createCamera, createCameraVideo, createFrameEncoder } from './camera/index.ts';
import { createJourney } from './journey/index.ts';
import './kiosk.css';
import { watchStaffCorner } from './watchStaffCorner.ts';
import { watchTouches } from './watchTouches.ts';

declare global {
  interface Window {
    findme: Bridge;
  }
}

// What a kiosk's window is made of. No logic.
const video = createCameraVideo();
const camera = createCamera({ devices: navigator.mediaDevices, video, createEncoder: createFrameEncoder });
const booth = createBooth({ bridge: window.findme, page: window });
const journey = createJourney({ booth, camera, forgetPictures: () => window.findme.forgetPictures() });

watchTouches(window, journey.idle);
watchStaffCorner(window, () => window.findme.openStaff());

const root = document.getElementById('app');
if (root === null) throw new Error('index.html has no #app');
createRoot(root).render(<App journey={journey} video={video} texts={createTexts('fr')} />);
journey.start();
