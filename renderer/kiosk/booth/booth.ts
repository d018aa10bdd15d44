import { kioskEvents, kioskRequests, type Bridge } from '../../../preload/index.ts';
import { createLine, type Line, type Page } from '../../line/index.ts';

/** Core answers within this, or the guest is told that it did not. */
const deadlineMs = 10_000;

export type Booth = Line<typeof kioskRequests, typeof kioskEvents>;

/** @param page the window itself, to which the bridge posts the port */
export const createBooth = ({ bridge, page }: { bridge: Pick<Bridge, 'connect'>; page: Page }): Booth =>
  createLine({ bridge, page, requests: kioskRequests, events: kioskEvents, deadlineMs });
