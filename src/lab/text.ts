/** Words of an experiment, in the languages of its readers. */

export const languages = ['en', 'zh'] as const;
export type Language = (typeof languages)[number];

/** The same in English and in Chinese. */
export interface Text {
  readonly en: string;
  readonly zh: string;
}

/** Words that are the same in every language: names, numbers. */
export function same(text: string): Text {
  return { en: text, zh: text };
}
