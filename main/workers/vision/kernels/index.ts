export { resample, type Kernel } from './resample.ts';
export { giveBack, openWorkspace, work } from './workspace.ts';
