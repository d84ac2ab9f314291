// What the user chose, kept on this device only.
import { createContext } from 'svelte';
import type { Language } from '$lib/i18n/index.svelte';
import type { NetworkName, StandardName } from '$lib/engine/types';

export type Theme = 'system' | 'light' | 'dark';
export type Motion = 'system' | 'reduced' | 'full';

/** Everything that can be chosen, with what it is before anybody chooses. */
export const DEFAULTS = {
  theme: 'system' as Theme,
  motion: 'system' as Motion,
  textScale: 1,
  language: null as Language | null,
  voice: true,
  voiceName: null as string | null,
  captions: true,
  sounds: true,
  network: 'lite' as NetworkName,
  standard: 'default' as StandardName,
  handsFree: true,
  restSecs: 60,
  heightCm: 170,
  cameraId: null as string | null,
  developer: false,
  /** Agreed that camera frames go to the server that the page came from. */
  serverPose: false,
  /** How effort of a set is told: repetitions in reserve, or RPE, which is ten less those. */
  effort: 'rir' as 'rir' | 'rpe',
  /** Tells when a rest is over while one looks elsewhere. */
  restNotice: false,
  /** Says what to do in the next set where that is not what was planned. */
  nextSet: true,
};

export type Choices = typeof DEFAULTS;

const KEY = 'spotter.settings';

/** Reads what was kept, ignoring whatever has the wrong type: an old or damaged entry must not break the page. */
export function read(text: string | null): Choices {
  const choices: Choices = { ...DEFAULTS };
  let kept: unknown;
  try {
    kept = JSON.parse(text ?? '{}');
  } catch {
    return choices;
  }
  if (typeof kept !== 'object' || kept === null) return choices;
  const oneOf = <T extends string>(value: unknown, all: readonly T[], otherwise: T): T =>
    all.find((one) => one === value) ?? otherwise;
  const between = (value: unknown, low: number, high: number, otherwise: number): number =>
    typeof value === 'number' && value >= low && value <= high ? value : otherwise;
  const flag = (value: unknown, otherwise: boolean): boolean =>
    typeof value === 'boolean' ? value : otherwise;
  const text_ = (value: unknown): string | null => (typeof value === 'string' ? value : null);
  const k = kept as Record<string, unknown>;
  return {
    theme: oneOf(k.theme, ['system', 'light', 'dark'], DEFAULTS.theme),
    motion: oneOf(k.motion, ['system', 'reduced', 'full'], DEFAULTS.motion),
    textScale: between(k.textScale, 0.9, 2, DEFAULTS.textScale),
    language: k.language === 'en' || k.language === 'de' ? k.language : null,
    voice: flag(k.voice, DEFAULTS.voice),
    voiceName: text_(k.voiceName),
    captions: flag(k.captions, DEFAULTS.captions),
    sounds: flag(k.sounds, DEFAULTS.sounds),
    network: oneOf(k.network, ['lite', 'full'], DEFAULTS.network),
    standard: oneOf(k.standard, ['default', 'strict'], DEFAULTS.standard),
    handsFree: flag(k.handsFree, DEFAULTS.handsFree),
    restSecs: between(k.restSecs, 10, 600, DEFAULTS.restSecs),
    heightCm: between(k.heightCm, 100, 230, DEFAULTS.heightCm),
    cameraId: text_(k.cameraId),
    developer: flag(k.developer, DEFAULTS.developer),
    serverPose: flag(k.serverPose, DEFAULTS.serverPose),
    effort: oneOf(k.effort, ['rir', 'rpe'], DEFAULTS.effort),
    restNotice: flag(k.restNotice, DEFAULTS.restNotice),
    nextSet: flag(k.nextSet, DEFAULTS.nextSet),
  };
}

export class Settings {
  chosen = $state<Choices>({ ...DEFAULTS });
  #storage: Storage | null;

  constructor(storage: Storage | null) {
    this.#storage = storage;
    this.chosen = read(storage?.getItem(KEY) ?? null);
  }

  set<K extends keyof Choices>(name: K, value: Choices[K]): void {
    this.chosen[name] = value;
    try {
      this.#storage?.setItem(KEY, JSON.stringify(this.chosen));
    } catch {
      // A full or forbidden storage: the choice holds until the page is closed.
    }
  }

  /** Takes over what another tab chose, above all a consent that was withdrawn there. */
  follow(other: { key: string | null; newValue: string | null }): void {
    if (other.key === KEY || other.key === null) this.chosen = read(other.newValue);
  }

  reset(): void {
    this.chosen = { ...DEFAULTS };
    this.#storage?.removeItem(KEY);
  }
}

/** The browser's storage, or null where it is forbidden. */
export function browserStorage(): Storage | null {
  try {
    return globalThis.localStorage;
  } catch {
    return null;
  }
}

export const [getSettings, setSettings] = createContext<Settings>();
