import js from '@eslint/js';
import boundaries from 'eslint-plugin-boundaries';
import reactHooks from 'eslint-plugin-react-hooks';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

// The rooms of the house, and which may know of which. A room is entered by its index.ts only; what is not listed here is forbidden.
const arrows = {
  preload: [],
  processes: ['preload'],
  packs: ['preload'],
  workers: ['preload', 'packs', 'processes'],
  shell: ['preload', 'processes'],
  cli: ['preload', 'packs', 'processes', 'core', 'locales'],
  locales: [],

  core: [
    ...['preload', 'packs', 'processes', 'workers'],
    ...['config', 'store', 'keys', 'backups', 'events', 'library', 'sources', 'matching', 'guests', 'health'],
    ...['delivery', 'printing', 'sync', 'ground', 'windows', 'kiosk', 'staff'],
  ],
  config: ['preload'],
  store: ['preload'],
  keys: ['preload', 'processes', 'store'],
  backups: ['preload', 'store'],
  events: ['preload', 'store', 'keys', 'locales'],
  matching: ['preload', 'packs', 'processes', 'workers', 'config', 'store'],
  library: ['preload', 'workers', 'store', 'keys', 'matching'],
  sources: ['preload', 'store', 'library'],
  guests: ['preload', 'workers', 'store', 'keys', 'matching', 'events', 'library'],
  delivery: ['preload', 'config', 'store', 'events', 'guests', 'library', 'locales'],
  printing: [
    ...['preload', 'processes', 'workers', 'config', 'store', 'keys', 'events', 'guests', 'library', 'matching'],
  ],
  sync: ['preload', 'config', 'store', 'keys', 'library', 'guests', 'locales'],
  health: ['preload', 'packs', 'processes', 'config', 'store', 'keys', 'backups', 'matching'],
  ground: ['preload', 'config', 'store', 'keys', 'backups', 'events', 'library'],
  windows: ['preload', 'processes', 'store'],
  kiosk: ['preload', 'processes', 'config', 'store', 'events', 'guests', 'printing', 'windows'],
  staff: [
    ...['preload', 'processes', 'config', 'store', 'keys', 'backups', 'events', 'guests', 'library', 'matching'],
    ...['sources', 'printing', 'sync', 'ground', 'health', 'kiosk', 'windows'],
  ],

  ui: ['preload', 'locales'],
  line: ['preload'],
  kioskWindow: ['preload', 'ui', 'line'],
  dense: [],
  staffWindow: ['preload', 'ui', 'dense', 'line', 'locales'],
  phoneWindow: ['preload', 'ui', 'locales'],
};

const folderOf = (room) => {
  if (room === 'preload') return 'preload';
  if (room === 'ui') return 'renderer/ui';
  if (room === 'line') return 'renderer/line';
  if (room === 'dense') return 'renderer/dense';
  if (room === 'kioskWindow') return 'renderer/kiosk';
  if (room === 'staffWindow') return 'renderer/staff';
  if (room === 'phoneWindow') return 'renderer/phone';
  if (room === 'locales') return 'resources/locales';
  if (['processes', 'packs', 'workers', 'shell', 'cli', 'core'].includes(room)) return `main/${room}`;
  return `main/core/${room}`;
};

// Packages that some rooms have to themselves.
const owners = {
  electron: ['shell', 'preload'],
  'better-sqlite3': ['store'],
  'onnxruntime-node': ['workers'],
  sharp: ['workers'],
  usearch: ['workers'],
};

// What Node has that no import brings.
const nodeGlobals = [
  ...['process', 'console', 'Buffer', 'URL', 'performance', 'AbortController', 'AbortSignal'],
  ...['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'],
  ...['require', 'module', '__dirname', '__filename'],
];

export default defineConfig(
  // AssemblyScript is not quite TypeScript; its compiler reads those.
  { ignores: ['node_modules/', 'out/', 'main/workers/vision/kernels/assembly/'] },
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'as' }],
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
      // A name of the environment stays in quotes, so that it can be found.
      '@typescript-eslint/dot-notation': ['error', { allowIndexSignaturePropertyAccess: true }],
    },
  },
  { files: ['renderer/**/*.{ts,tsx}'], extends: [reactHooks.configs.flat.recommended] },
  {
    files: ['main/**/*.ts', 'preload/**/*.ts', 'renderer/**/*.{ts,tsx}'],
    plugins: { boundaries },
    settings: {
      'import/resolver': { node: { extensions: ['.ts', '.tsx'] } },
      // The first that matches counts, so that a room inside core comes before core itself.
      'boundaries/elements': Object.keys(arrows)
        .map((room) => ({ type: room, pattern: folderOf(room) }))
        .sort((a, b) => b.pattern.split('/').length - a.pattern.split('/').length),
    },
    rules: {
      'boundaries/dependencies': [
        'error',
        {
          default: 'disallow',
          checkAllOrigins: true,
          policies: [
            ...Object.entries(arrows).flatMap(([room, known]) =>
              known.map((other) => ({
                from: { element: { type: room } },
                allow: {
                  to: { element: { type: other, fileInternalPath: other === 'locales' ? '**/*.json' : 'index.ts' } },
                },
              })),
            ),
            { allow: { to: { module: { origin: ['external', 'core'] } } } },
            ...Object.entries(owners).map(([name, rooms]) => ({
              from: { element: { types: { anyOf: Object.keys(arrows).filter((room) => !rooms.includes(room)) } } },
              disallow: { to: { module: { source: name } } },
            })),
          ],
        },
      ],
    },
  },
  {
    files: ['**/*.mjs', '**/*.cjs', '**/*.js'],
    languageOptions: {
      globals: Object.fromEntries(nodeGlobals.map((name) => [name, 'readonly'])),
    },
  },
);
