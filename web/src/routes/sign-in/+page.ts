// Signing in: what the server offers, and whether somebody is signed in already. `?to=` is where it goes on.
import { features } from '$lib/api/features';
import { me } from '$lib/api/account';
import { asApiError } from '$lib/api/http';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ url }) => {
  const wanted = url.searchParams.get('to') ?? '/';
  const [offered, known] = await Promise.all([
    features(),
    me().then(
      ({ value }) => ({ me: value, trouble: null }),
      (error: unknown) => ({ me: null, trouble: asApiError(error) }),
    ),
  ]);
  // Only to a page of this site.
  const to = new URL(wanted, url.origin).origin === url.origin ? wanted : '/';
  return { ...known, features: offered, to };
};
