import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin, type UserConfig } from 'vite';

// iOS 15, and what Android 9 comes with.
const phones = ['safari15', 'chrome87'];

// Whatever enters renderer/ui gets the windows' tokens and fonts along, which are many and made for a kiosk's size. Phones have their own.
const withoutWindowStyles: Plugin = {
  name: 'without-window-styles',
  enforce: 'pre',
  load: (id) => (/\/renderer\/ui\/\w+\.css$/.test(id.replaceAll('\\', '/')) ? '' : undefined),
};

// Of these rooms a page takes single things, and nothing that they are not made of: above all not zod.
const rooms = /\/(preload|renderer\/ui|renderer\/phone\/(gallery|parts))\//;

/**
 * Pages for phones, which know nothing of Electron.
 *
 * @param root of the pages' sources
 * @param base where the pages look for what they are made of
 * @param outDir where they are built to, from the root on
 * @param assetsDir folder in it of everything but the page itself
 */
export const pagesForPhones = (root: string, base: string, outDir: string, assetsDir: string): UserConfig => ({
  root,
  base,
  plugins: [withoutWindowStyles, react()],
  build: {
    outDir,
    emptyOutDir: true,
    assetsDir,
    target: phones,
    cssTarget: phones,
    // Nothing in the page itself: its policy allows scripts from files only.
    assetsInlineLimit: 0,
    modulePreload: false,
    rolldownOptions: {
      treeshake: { moduleSideEffects: (id) => !rooms.test(id.replaceAll('\\', '/')) },
    },
  },
});

// The pages that the LAN server gives to guests' phones, over a venue's Wi-Fi.
export default defineConfig(pagesForPhones('renderer/phone', '/', '../../out/phone', 'assets'));
