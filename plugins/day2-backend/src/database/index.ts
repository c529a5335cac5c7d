export { createDatabase } from './createDatabase';
export { createReadStore } from './createReadStore';
export { createLeaseStore, createScopeStore } from './createStore';
export { LeaseLostError } from './LeaseLostError';
export { deriveServices } from './operations/services/derive';
