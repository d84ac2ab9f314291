// The traffic light: from the running technique to one of three lamps.
import { grade, type Grade } from '$lib/report/grade';

export type Lamp = Grade;

/** Of a running technique of 0 to 1. */
export function lamp(technique: number | null): Lamp {
  return grade(technique === null ? null : technique * 100);
}
