// Numbers and times as people of the chosen language write them.
import { language } from './index.svelte';

/** `1:05`, as on a stopwatch. */
export function clock(ms: number): string {
  const secs = Math.max(0, Math.round(ms / 1000));
  return `${Math.floor(secs / 60)}:${String(secs % 60).padStart(2, '0')}`;
}

export function number(value: number, n_decimals = 0): string {
  return new Intl.NumberFormat(language(), {
    minimumFractionDigits: n_decimals,
    maximumFractionDigits: n_decimals,
  }).format(value);
}

export function percent(share: number): string {
  return new Intl.NumberFormat(language(), { style: 'percent' }).format(share);
}

export function day(ms: number): string {
  return new Intl.DateTimeFormat(language(), {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
  }).format(ms);
}

export function time(ms: number): string {
  return new Intl.DateTimeFormat(language(), { hour: '2-digit', minute: '2-digit' }).format(ms);
}
