import { defineConfig } from 'electron-vite';

// Every process of main/ is an entry of its own, so that a worker loads no more than it needs.
export default defineConfig({
  main: {
    build: {
      rolldownOptions: {
        input: {
          shell: 'main/shell/index.ts',
          cli: 'main/cli/index.ts',
          vision: 'main/workers/vision.ts',
          faceindex: 'main/workers/faceindex.ts',
        },
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
      },
    },
  },
});
