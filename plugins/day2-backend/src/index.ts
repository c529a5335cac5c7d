/**
 * The backend of Day 2.
 *
 * @packageDocumentation
 */
export { day2Plugin as default } from './plugin';
