// The cloud, as the crew sees to it: how far everything is on its way to each place, what does not get there, and the keys.
export { Cloud } from './Cloud.tsx';
