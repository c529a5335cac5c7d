export { createActors } from './createActors';
export type { Actors } from './createActors';
export { createAgingClock } from './agingClock';
export type { AgingClock } from './agingClock';
