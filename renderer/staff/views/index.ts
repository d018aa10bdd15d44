// What the crew can look at; a part of the booth that has something to show adds its view here.
import type { ComponentType } from 'react';
import type { Language } from '../../../preload/index.ts';
import type { StaffLine } from '../desk.ts';
import { Cloud } from '../cloud/index.ts';
import { Events } from '../events/index.ts';
import { Prints } from '../prints/index.ts';
import { Sources } from '../sources/index.ts';
import { Health } from './Health.tsx';
import { Journal } from './Journal.tsx';
import { Log } from './Log.tsx';
import { Queue } from './Queue.tsx';
import { Visits } from './Visits.tsx';
import { Wall } from './Wall.tsx';

export interface ViewProps {
  line: StaffLine;
  language: Language;
}

/** Its name is `views.<id>` of the texts. */
export const views = [
  { id: 'wall', sign: '▦', View: Wall },
  { id: 'sources', sign: '⤓', View: Sources },
  { id: 'queue', sign: '⇥', View: Queue },
  { id: 'visits', sign: '☺', View: Visits },
  { id: 'prints', sign: '❏', View: Prints },
  { id: 'events', sign: '★', View: Events },
  { id: 'sync', sign: '☁', View: Cloud },
  { id: 'health', sign: '♥', View: Health },
  { id: 'journal', sign: '✎', View: Journal },
  { id: 'log', sign: '≡', View: Log },
] as const satisfies readonly { id: string; sign: string; View: ComponentType<ViewProps> }[];

export type ViewId = (typeof views)[number]['id'];
