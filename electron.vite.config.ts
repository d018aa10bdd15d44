import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

// Every process of main/ is an entry of its own, so that a worker loads no more than it needs.
export default defineConfig({
  main: {
    build: {
      rolldownOptions: {
        input: {
          shell: 'main/shell/index.ts',
          core: 'main/core/booth.ts',
          cli: 'main/cli/index.ts',
          vision: 'main/workers/vision.ts',
          faceindex: 'main/workers/faceindex.ts',
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
  // One file each: a sandboxed preload can require nothing but Electron.
  preload: {
    build: {
      rolldownOptions: {
        input: { bridge: 'preload/bridge/index.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  // A page for each kind of window, and one that shows every component.
  renderer: {
    root: 'renderer',
    plugins: [react()],
    build: {
      rolldownOptions: {
        input: {
          kiosk: 'renderer/kiosk/index.html',
          staff: 'renderer/staff/index.html',
          components: 'renderer/ui/components.html',
        },
      },
    },
  },
});
