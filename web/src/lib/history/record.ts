// A finished set as it is kept on this device.
import type { Analysis } from '$lib/engine/types';
import type { Language } from '$lib/i18n/index.svelte';

/** Bump when the shape changes, and teach `upgrade` the older one. */
export const RECORD_VERSION = 1;

export interface SetRecord {
  version: number;
  id: string;
  /** Milliseconds since 1970. */
  ended_at: number;
  source: 'camera' | 'video' | 'demo';
  /** What the engine told it in; sets of the first days lack it and are English. */
  language?: Language;
  /** Drawn by the engine: the worst repetition beside the reference. */
  figures: unknown;
  analysis: Analysis;
  /** As counted while it was done. Videos and older records lack it. */
  live?: LiveCount;
}

export interface LiveCount {
  reps: number;
  /** Repetitions and attempts, in the order in which they were told. */
  cycles: { counted: boolean; start_ms: number; end_ms: number }[];
}

/** A random id. `crypto.randomUUID` is missing on plain-HTTP pages, such as a phone on the local network. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
