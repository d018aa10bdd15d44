// Which templates suit how many photos, and how a sheet looks before it is drawn. Pure: shared by the journey and the screens.
export { figureFor, type Figure } from './figure.ts';
export { doesAnyFit, firstFor, fitting, makesOf, mostPhotos, withinReach, type Make } from './fits.ts';
export { nameOf } from './nameOf.ts';
