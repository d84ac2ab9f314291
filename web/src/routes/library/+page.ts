// The whole library; null where it could not be fetched.
import { inOrder, library } from '$lib/catalog/exercises';
import type { PageLoad } from './$types';

export const load: PageLoad = async () => ({
  library: await library().then(inOrder, () => null),
});
