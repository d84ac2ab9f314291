// Recorded landmark streams that ship with the site: numbers, no pictures.
import { getJson, getText } from '$lib/api/site';
import type { RecordedPose } from '$lib/engine/types';

export interface Demo {
  id: string;
  exercise: string;
  width: number;
  height: number;
}

export async function demos(): Promise<Demo[]> {
  return (await getJson('/demo/index.json')) as Demo[];
}

export async function recording(id: string): Promise<RecordedPose[]> {
  const text = await getText(`/demo/${encodeURIComponent(id)}.jsonl`);
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as RecordedPose);
}

/** The recording to show for an exercise: its cleanest one. */
export function demoFor(all: readonly Demo[], exercise: string): Demo | null {
  const PREFERRED = ['squat_side', 'push_up_side', 'sit_up_side', 'lunge_front'];
  const fitting = all.filter((demo) => demo.exercise === exercise);
  return fitting.find((demo) => PREFERRED.includes(demo.id)) ?? fitting[0] ?? null;
}
