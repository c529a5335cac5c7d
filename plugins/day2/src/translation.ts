import { createTranslationRef } from '@backstage/core-plugin-api/alpha';
import { generalMessages } from './translations/general';
import { nextMessages } from './translations/nextSteps';
import { reasonMessages } from './translations/reasons';

/** All text of the plugin; adopters give other languages with a translation resource. */
export const day2TranslationRef = createTranslationRef({
  id: 'plugin.day2',
  messages: {
    ...generalMessages,
    reason: reasonMessages,
    next: nextMessages,
  },
});
