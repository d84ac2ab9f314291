// The words of the site. English comes with the page; other languages are fetched when chosen.
import i18next from 'i18next';
import en from './en.json';

export const LANGUAGES = { en: 'English', de: 'Deutsch' } as const;
export type Language = keyof typeof LANGUAGES;

type Key = keyof typeof en;
type Stem<K extends string> = K extends `${infer S}_one` | `${infer S}_other` ? S : K;
/** A text's name; those that differ by number are named without `_one` and `_other`. */
export type TextKey = Stem<Key>;

const words = i18next.createInstance();
let ready = false;
let current = $state<Language>('en');

function prepare(): void {
  if (ready) return;
  ready = true;
  void words.init({
    lng: 'en',
    fallbackLng: 'en',
    keySeparator: false,
    nsSeparator: false,
    interpolation: { escapeValue: false },
    initAsync: false,
    resources: { en: { translation: en } },
  });
}

/** The text in the chosen language. Components that call it follow a change of language. */
export function t(key: TextKey, values: Record<string, string | number> = {}): string {
  prepare();
  return words.t(key, { ...values, lng: current });
}

/** True where the name is one of ours; for names that come from the engine. */
export function isText(key: string): key is TextKey {
  return key in en || `${key}_other` in en;
}

export function language(): Language {
  return current;
}

/** Chooses a language, once its words are there. */
export async function speak(chosen: Language): Promise<void> {
  prepare();
  if (chosen === 'de' && !words.hasResourceBundle('de', 'translation')) {
    const { default: de } = await import('./de.json');
    words.addResourceBundle('de', 'translation', de);
  }
  current = chosen;
}

/** What the browser asks for, as far as we have it. */
export function preferredLanguage(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const base = tag.split('-')[0];
    if (base === 'en' || base === 'de') return base;
  }
  return 'en';
}
