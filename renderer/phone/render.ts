import type { ReactNode } from 'react';
import { createRoot } from 'react-dom/client';

/** Into the page's one element. */
export const render = (app: ReactNode): void => {
  const root = document.getElementById('app');
  if (root === null) throw new Error('index.html has no #app');
  createRoot(root).render(app);
};
