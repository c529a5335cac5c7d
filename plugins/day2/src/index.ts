/**
 * The pages, cards and tab of Day 2 for apps on the new frontend system; see `/legacy` for others.
 *
 * @packageDocumentation
 */
export { day2FrontendPlugin as default } from './plugin';
export { day2TranslationRef } from './translation';
