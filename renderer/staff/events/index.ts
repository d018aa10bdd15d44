// The events of this booth: made, set up, opened, put away, taken to another booth.
export { Events } from './Events.tsx';
