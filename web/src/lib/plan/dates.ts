// Days as plans count them: `YYYY-MM-DD` on the device's own calendar, weeks from Monday. No time of day, so no time zone.
import { language } from '$lib/i18n/index.svelte';
import type { Day, Weekday } from '$lib/wire/plans';

export const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const satisfies Day[];
export const WEEKDAYS = [
  'mon',
  'tue',
  'wed',
  'thu',
  'fri',
  'sat',
  'sun',
] as const satisfies Weekday[];

/** The date on the device's own calendar. */
export function dateOf(moment: Date): string {
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`;
}

export function dateAt(ms: number): string {
  return dateOf(new Date(ms));
}

export function plusDays(date: string, n: number): string {
  const day = utc(date);
  day.setUTCDate(day.getUTCDate() + n);
  return day.toISOString().slice(0, 10);
}

/** Whether a text of an address is a date. */
export function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(utc(text).getTime());
}

/** Days from `a` to `b`. */
export function daysBetween(a: string, b: string): number {
  return Math.round((utc(b).getTime() - utc(a).getTime()) / 86_400_000);
}

/** 0 is Monday. */
export function weekdayIndex(date: string): number {
  return (utc(date).getUTCDay() + 6) % 7;
}

export function dayOf(date: string): Day {
  return DAYS[weekdayIndex(date)] ?? 'Mon';
}

export function mondayOf(date: string): string {
  return plusDays(date, -weekdayIndex(date));
}

/** Which week of a block that starts on `startsOn`, from 0; negative before it, `nWeeks` or more after it. */
export function weekIndexOn(startsOn: string, date: string): number {
  return Math.floor(daysBetween(startsOn, date) / 7);
}

/** `Monday`, `Mon` or `M`, in the chosen language. */
export function dayName(index: number, width: 'long' | 'short' | 'narrow' = 'long'): string {
  // The first of January 2024 was a Monday.
  const day = new Date(Date.UTC(2024, 0, 1 + index));
  return new Intl.DateTimeFormat(language(), { weekday: width, timeZone: 'UTC' }).format(day);
}

/** `21 Nov`, in the chosen language. */
export function shortDate(date: string): string {
  return new Intl.DateTimeFormat(language(), {
    day: 'numeric',
    month: 'short',
    timeZone: 'UTC',
  }).format(utc(date));
}

/** `Saturday, 21 November`, in the chosen language. */
export function fullDate(date: string): string {
  return new Intl.DateTimeFormat(language(), {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(utc(date));
}

/** `November 2026`, in the chosen language. */
export function monthName(date: string): string {
  return new Intl.DateTimeFormat(language(), {
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  }).format(utc(date));
}

/** `3 hours ago`, in the chosen language. */
export function ago(then: number, now: number): string {
  const words = new Intl.RelativeTimeFormat(language(), { numeric: 'auto' });
  const minutes = Math.round((then - now) / 60_000);
  if (Math.abs(minutes) < 60) return words.format(minutes, 'minute');
  const hours = Math.round(minutes / 60);
  if (Math.abs(hours) < 48) return words.format(hours, 'hour');
  return words.format(Math.round(hours / 24), 'day');
}

function utc(date: string): Date {
  return new Date(`${date}T00:00:00Z`);
}
