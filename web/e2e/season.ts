// Twelve weeks of training, told to a server over HTTP as a device would: three days a week, camera facts, check-ins, a plan.

const HOUR_MS = 3_600_000;
export const N_WEEKS = 12;

interface Lift {
  id: string;
  /** Kilograms in the first week; null where the body is the load. */
  kg: number | null;
  /** Kilograms more each week. */
  more: number;
  reps: number;
}

/** What is done on a Monday, Wednesday and Friday. */
const DAYS: readonly { title: string; lifts: readonly Lift[] }[] = [
  {
    title: 'Push',
    lifts: [
      { id: 'bench_press', kg: 60, more: 1.25, reps: 8 },
      { id: 'push_up', kg: null, more: 0, reps: 14 },
    ],
  },
  {
    title: 'Legs',
    lifts: [
      { id: 'barbell_squat', kg: 80, more: 2.5, reps: 6 },
      { id: 'squat', kg: null, more: 0, reps: 18 },
    ],
  },
  {
    title: 'Pull',
    lifts: [
      { id: 'barbell_row', kg: 50, more: 0.5, reps: 10 },
      { id: 'pull_up', kg: null, more: 0, reps: 6 },
    ],
  },
];

export const PROFILE = {
  goal: 'gain_mass',
  level: 'intermediate',
  weekdays: ['mon', 'wed', 'fri'],
  minutes: 45,
  kit: ['barbell', 'plates', 'rack', 'bench', 'pull_up_bar'],
  avoid: [],
  limits: [],
  body: null,
  red_flags: [],
  consent: { health: true },
};

/** `YYYY-MM-DD` on this machine's calendar. */
export function dateOf(moment: Date): string {
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
}
export function plusDays(date: string, n: number): string {
  const moment = new Date(`${date}T12:00:00`);
  moment.setDate(moment.getDate() + n);
  return dateOf(moment);
}
const weekdayIndex = (date: string): number => (new Date(`${date}T12:00:00`).getDay() + 6) % 7;
const mondayOf = (date: string): string => plusDays(date, -weekdayIndex(date));

let n_ids = 0;
/** Ids that are the same in every run. */
const id = (): string => `019a9f00-0000-7000-8000-${String(++n_ids).padStart(12, '0')}`;

/** Tells a season that ends today. Answers with the id of its last session. */
export async function tellSeason(url: string, today = dateOf(new Date())): Promise<string> {
  n_ids = 0;
  const send = async (method: string, path: string, body: unknown): Promise<void> => {
    const headers = { 'content-type': 'application/json', 'idempotency-key': id() };
    const response = await fetch(`${url}/api/v1${path}`, {
      method,
      headers,
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${method} ${path}: ${await response.text()}`);
  };
  await send('PUT', '/profile', PROFILE);
  const { goal, level, weekdays, minutes, kit } = PROFILE;
  const start_on = plusDays(mondayOf(today), -7);
  await send('POST', '/plans', { goal, level, weekdays, minutes, kit, start_on });
  let last = '';
  const first = plusDays(mondayOf(today), -7 * (N_WEEKS - 1));
  for (let week = 0; week < N_WEEKS; week++)
    for (const [n, day] of DAYS.entries()) {
      const on = plusDays(first, 7 * week + 2 * n);
      if (on > today) continue;
      last = await tellSession(send, { ...day, on, week });
    }
  for (let ago = 9; ago >= 1; ago--)
    await send('POST', '/check-ins', {
      on: plusDays(today, -ago),
      sleep: 3 + (ago % 2),
      soreness: 3,
      stress: 4 - (ago % 3 === 0 ? 1 : 0),
      motivation: 4,
    });
  return last;
}

type Send = (method: string, path: string, body: unknown) => Promise<void>;

async function tellSession(
  send: Send,
  { title, lifts, on, week }: { title: string; lifts: readonly Lift[]; on: string; week: number },
): Promise<string> {
  const session = id();
  const started_at_ms = Math.min(new Date(`${on}T17:30:00`).getTime(), Date.now() - 2 * HOUR_MS);
  await send('POST', '/sessions', { id: session, on, started_at_ms, title });
  let done_at_ms = started_at_ms;
  for (const [place, lift] of lifts.entries())
    for (let n = 0; n < 3; n++) {
      const load_kg = lift.kg === null ? null : lift.kg + Math.floor(week * 0.8) * lift.more;
      const asked = { rir: 2, reps_low: lift.reps - 2, reps_high: lift.reps };
      done_at_ms += 4 * 60_000;
      await send('POST', `/sessions/${session}/sets`, {
        id: id(),
        exercise_id: lift.id,
        place,
        kind: 'work',
        reps: lift.reps - (n === 2 && week % 3 !== 0 ? 1 : 0) + (lift.kg === null ? week >> 1 : 0),
        load_kg,
        rir: 3 - n,
        target: { ...asked, load_kg },
        // The camera looks on at what it can judge.
        ...(['push_up', 'squat'].includes(lift.id)
          ? {
              seen: {
                attempts: n === 2 ? 1 : 0,
                technique: 74 + week + weekdayIndex(on) - 3 * n,
                rom_deg: 112,
                rep_seconds: 2.4,
                best_velocity_mps: 0.52,
                velocity_loss: 0.1 + 0.05 * n,
                rir: 2,
              },
            }
          : {}),
        done_at_ms,
      });
    }
  await send('PATCH', `/sessions/${session}`, {
    ended_at_ms: done_at_ms + 5 * 60_000,
    srpe: 6 + (week % 3) / 2,
    ...(week === N_WEEKS - 1 ? { note: 'Felt strong today.' } : {}),
  });
  return session;
}
