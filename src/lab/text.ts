/** Words of an experiment, in the languages of its readers. */

export const languages = ['en', 'zh'] as const;
export type Language = (typeof languages)[number];

/** The same in English and in Chinese. */
export interface Text {
  readonly en: string;
  readonly zh: string;
}

/** What is the same in every language, or is said in each, in this one. */
export function inLanguage(words: string | Text, language: Language): string {
  return typeof words === 'string' ? words : words[language];
}

/** Words that are the same in every language: names, numbers. */
export function same(text: string): Text {
  return { en: text, zh: text };
}
