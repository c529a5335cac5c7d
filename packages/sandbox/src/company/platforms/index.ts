export { PLATFORMS, TEAMS } from './all';
