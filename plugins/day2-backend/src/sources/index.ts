export { builtInSources } from './builtInSources';
