/**
 * What the author of a Day 2 source imports.
 *
 * @packageDocumentation
 */
export * from './clusters/ClusterAccess';
export * from './clusters/ClusterGateway';
export * from './records/createLookup';
export * from './records/kindName';
export * from './records/quantity';
export * from './records/read';
export * from './records/readHead';
export * from './records/types';
export * from './sources/createGenericKind';
export * from './sources/createSource';
export * from './sources/extensions';
export * from './sources/types';
export * from './status/boundEvidence';
export * from './status/formatMoment';
export * from './status/isoMoment';
export * from './status/judgeGeneric';
export * from './status/judgeObject';
export * from './status/judgeObjects';
export * from './status/judgeShared';
export * from './status/pruneStatus';
export * from './status/readConditions';
export * from './status/readGeneration';
export * from './status/redact';
export * from './status/types';
export * from './status/verdicts';
export * from './testUtils';
