// The welcome: what an earlier one was told, and whether there is a server to make a plan.
import { features } from '$lib/api/features';
import { asApiError } from '$lib/api/http';
import { state } from '$lib/api/state';
import { library, type LibraryEntry } from '$lib/catalog/exercises';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ depends }) => {
  depends('spotter:state');
  const [known, all, offers] = await Promise.all([
    state().then(
      ({ value }) => ({ profile: value.profile, trouble: null }),
      (error: unknown) => ({ profile: null, trouble: asApiError(error) }),
    ),
    library().catch((): LibraryEntry[] => []),
    features(),
  ]);
  return { ...known, exercises: all, model: offers.model };
};
