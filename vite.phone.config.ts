import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

// iOS 15, and what Android 9 comes with.
const phones = ['safari15', 'chrome87'];

// Whatever enters renderer/ui gets the windows' tokens and fonts along, which are many and made for a kiosk's size. Phones have their own.
const withoutWindowStyles: Plugin = {
  name: 'without-window-styles',
  enforce: 'pre',
  load: (id) => (/\/renderer\/ui\/\w+\.css$/.test(id.replaceAll('\\', '/')) ? '' : undefined),
};

// The pages that the LAN server gives to guests' phones. A phone knows nothing of Electron, and loads them over a venue's Wi-Fi.
export default defineConfig({
  root: 'renderer/phone',
  base: '/',
  plugins: [withoutWindowStyles, react()],
  build: {
    outDir: '../../out/phone',
    emptyOutDir: true,
    target: phones,
    cssTarget: phones,
    // Nothing in the page itself: the server's policy allows scripts from files only.
    assetsInlineLimit: 0,
    modulePreload: false,
    rolldownOptions: {
      treeshake: {
        // Of these rooms a phone takes single functions, and nothing that they are not made of: above all not zod.
        moduleSideEffects: (id) => !/\/(preload|renderer\/ui)\//.test(id.replaceAll('\\', '/')),
      },
    },
  },
});
