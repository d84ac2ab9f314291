// Exercises of one's own as entries of the library: what they are like tells the rest of them.
import { getKept } from '$lib/api/kept';
import type { OwnExercise } from '$lib/api/own-exercises';
import { find, library, type LibraryEntry } from './exercises';

/** The whole library, with the signed-in person's own exercises first; without them where nobody knows them. */
export async function libraryAndOwn(): Promise<LibraryEntry[]> {
  const [all, own] = await Promise.all([library(), ownKept().catch((): OwnExercise[] => [])]);
  return [...own.map((one) => ownEntry(one, all)), ...all];
}

/** One's own exercises as the server told them last, so that they can be logged without a network. */
export async function ownKept(): Promise<OwnExercise[]> {
  return (await getKept<OwnExercise[]>('/own-exercises')).value;
}

export function ownEntry(own: OwnExercise, all: readonly LibraryEntry[]): LibraryEntry {
  const like = own.like === null ? null : find(all, own.like);
  return {
    ...(like ?? NOTHING_KNOWN),
    id: own.id,
    name: own.name,
    aliases: [],
    // What the camera knows is the exercise of the library.
    camera_judged: false,
    kind: null,
    family: null,
    standards: null,
    checks: [],
    drawn_as: like?.id ?? null,
    picture: own.drawn ? own.picture_url : null,
    is_own: true,
  };
}

/** As the server takes an exercise that nobody has described. */
const NOTHING_KNOWN: Omit<LibraryEntry, 'id' | 'name' | 'drawn_as' | 'picture' | 'is_own'> = {
  aliases: [],
  camera: 'any',
  camera_judged: false,
  checks: [],
  contraindications: [],
  cues: [],
  dose: 'reps',
  family: null,
  faults: [],
  goals: [],
  kind: null,
  kit: [],
  level: 'beginner',
  load: 'weight',
  muscles: { direct: [], indirect: [] },
  pattern: 'isolation',
  pictures: [],
  progressions: [],
  regressions: [],
  roles: ['work'],
  sides: null,
  standards: null,
  steps: [],
  tempo: '',
};
