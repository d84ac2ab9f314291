// What the server that this page came from offers. A plain file host offers nothing, and answers with a page or a 404.
import { getJson } from './site';

/** Whether it finds poses in frames that are sent to it. */
export async function offersServerPose(): Promise<boolean> {
  try {
    const features = await getJson('/api/v1/features');
    return (
      typeof features === 'object' &&
      features !== null &&
      'server_pose' in features &&
      features.server_pose === true
    );
  } catch {
    // Out of reach: then it cannot look at frames, either.
    return false;
  }
}
