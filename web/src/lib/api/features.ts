// What the server that this page came from offers. A plain file host offers nothing, and answers with a page or a 404.
import type { Features } from '$lib/wire/account';
import { getJson } from './http';

const NOTHING: Features = {
  server_pose: false,
  sign_up: false,
  passkeys: false,
  model: false,
  pictures: false,
};

/** What is switched on; nothing where no server can be asked. */
export async function features(): Promise<Features> {
  try {
    return { ...NOTHING, ...(await getJson<Partial<Features>>('/features')) };
  } catch {
    return NOTHING;
  }
}

/** Whether it finds poses in frames that are sent to it. */
export async function offersServerPose(): Promise<boolean> {
  return (await features()).server_pose;
}
