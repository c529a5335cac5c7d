export { demoPolicyModule as default } from './module';
