// Parts for the crew's windows: the same family as the guests', denser.
import './dense.css';

export { DenseButton, Field, Switch } from './controls.tsx';
export { Meter } from './Meter.tsx';
export { PinPad } from './PinPad.tsx';
export { Stepper } from './Stepper.tsx';
export { Actions, Detail, Dialog, Panel, Say, State, Table } from './surfaces.tsx';
export type { DenseState } from './surfaces.tsx';
