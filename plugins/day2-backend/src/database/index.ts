export { createDatabase } from './createDatabase';
export { createClusterRegistry } from './createClusterRegistry';
export { createReadStore } from './createReadStore';
export { createLeaseStore, createScopeStore } from './createStore';
export { claimPause } from './operations/counters/claimPause';
export { retain } from './operations/history/retain';
export { deriveServices } from './operations/services/derive';
