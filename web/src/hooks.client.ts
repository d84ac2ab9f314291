// Before the first page: its words, so that nothing is loaded or shown in a language that was not asked for.
import type { ClientInit } from '@sveltejs/kit';
import { preferredLanguage, speak } from '$lib/i18n/index.svelte';
import { browserStorage, Settings } from '$lib/settings/settings.svelte';

export const init: ClientInit = async () => {
  const { language } = new Settings(browserStorage()).chosen;
  // Without its words the page is English, and tries again once it is there.
  await speak(language ?? preferredLanguage(navigator.languages)).catch(() => {});
};
