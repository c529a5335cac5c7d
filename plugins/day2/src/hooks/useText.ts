import {
  TranslationFunction,
  useTranslationRef,
} from '@backstage/core-plugin-api/alpha';
import { day2TranslationRef } from '../translation';

export type Text = TranslationFunction<(typeof day2TranslationRef)['T']>;

/** The plugin's texts in the person's language. */
export function useText(): Text {
  return useTranslationRef(day2TranslationRef).t;
}
