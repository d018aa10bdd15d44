// Settings: one schema with its defaults, filled from a file and then from the environment. Read once, by whoever makes core.
export { choosePack } from './choosePack.ts';
export { configSchema, languageOf, loadConfig } from './config.ts';
export type { Config } from './config.ts';
