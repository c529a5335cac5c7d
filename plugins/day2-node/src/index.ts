/**
 * What the author of a Day 2 source imports.
 *
 * @packageDocumentation
 */
export * from './clusters/ClusterAccess';
export * from './clusters/ClusterGateway';
export * from './records/kindName';
export * from './records/types';
export * from './sources/createSource';
export * from './sources/extensions';
export * from './sources/types';
export * from './status/types';
