// Settings: beside what this browser keeps, the account on the server, where there is one.
import { devices, me } from '$lib/api/account';
import { features } from '$lib/api/features';
import { asApiError, type ApiError } from '$lib/api/http';
import { passkeys } from '$lib/api/passkeys';
import { state } from '$lib/api/state';
import type { Device } from '$lib/wire/account';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ depends }) => {
  depends('spotter:account');
  const nobody = (signedOut: boolean) => ({ account: null, signedOut });
  try {
    const { value } = await me();
    const [known, list, keys] = await Promise.all([
      state().then(
        (kept) => kept.value,
        () => null,
      ),
      devices().catch((): Device[] => []),
      features()
        .then((offered) => (offered.passkeys ? passkeys() : null))
        .catch(() => null),
    ]);
    return {
      account: { me: value, state: known, devices: list, passkeys: keys },
      signedOut: false,
    };
  } catch (error) {
    const trouble: ApiError = asApiError(error);
    return nobody(trouble.status === 401);
  }
};
