/**
 * Sentences by reason code, with places for the params of a verdict. A code that is not here, or a verdict that lacks a
 * param, shows the verdict's own message.
 */
export const reasonMessages = {
  Stale: 'Cluster `{{cluster}}` does not answer.',
} as const;
