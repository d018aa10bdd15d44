// How a pack's weights come here: fetched from its publisher, or taken from a folder; checked; put in their place whole or not at all.
export { installPack, type InstallSteps } from './installPack.ts';
