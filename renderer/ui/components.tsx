import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Gallery } from './gallery/Gallery.tsx';

// The page components.html: everything that screens are made of, to look at while it is worked on. No window of the app opens it.
const root = document.getElementById('root');
if (root === null) throw new Error('components.html has no #root');
createRoot(root).render(
  <StrictMode>
    <Gallery />
  </StrictMode>,
);
