// Settings: one schema with its defaults, filled from a file and then from the environment. Read once, by whoever makes core.
export { configSchema, languageOf, loadConfig } from './config.ts';
export type { Config } from './config.ts';
