export * from './fixtures';
export * from './testSource';
