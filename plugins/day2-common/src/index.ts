/**
 * Wire types, permissions and the order of health of Day 2.
 *
 * @packageDocumentation
 */
export * from './health';
export * from './permissions';
export * from './signals';
export * from './vocabulary';
export * from './wire/clusters';
export * from './wire/evidence';
export * from './wire/items';
export * from './wire/requests';
export * from './wire/services';
export * from './wire/verdict';
