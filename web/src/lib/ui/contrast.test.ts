// Every pair of colors that text or controls are drawn in, in both themes, against WCAG AA.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');

function token(name: string, theme: 'light' | 'dark'): string {
  const value = new RegExp(`--${name}:\\s*([^;]+);`).exec(css)?.[1]?.trim();
  if (value === undefined) throw new Error(`there is no token --${name}`);
  const pair = /^light-dark\((#\w+), (#\w+)\)$/.exec(value);
  const color = pair ? pair[theme === 'light' ? 1 : 2] : value;
  if (color === undefined || !/^#[0-9a-f]{6}$/.test(color))
    throw new Error(`--${name} is ${value}`);
  return color;
}

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const c = parseInt(hex.slice(at, at + 2), 16) / 255;
    return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

const grounds = ['paper', 'card', 'raised', 'soft'];
const TEXT: [string, string][] = [
  ...['ink', 'muted', 'accent', 'poor', 'fair', 'good', 'reference'].flatMap((text) =>
    grounds.map((ground): [string, string] => [text, ground]),
  ),
  ['on-accent', 'accent'],
  ['on-accent', 'accent-strong'],
  ['accent', 'accent-soft'],
  ['ink', 'accent-soft'],
  ['ink', 'poor-soft'],
  ['poor', 'poor-soft'],
  ['ink', 'fair-soft'],
  ['fair', 'fair-soft'],
  ['on-status', 'good'],
  ['on-status', 'fair'],
  ['on-status', 'poor'],
  ['on-stage', 'stage'],
  ['on-stage-muted', 'stage'],
  ['stage-accent', 'stage'],
  ['stage-on-accent', 'stage-accent'],
  ['stage-fair', 'stage'],
  ['stage-poor', 'stage'],
];
// Edges of controls and marks in charts.
const MARKS: [string, string][] = [
  ...['paper', 'card', 'raised', 'soft'].map((ground): [string, string] => ['edge', ground]),
  // A trained muscle beside the others.
  ['accent', 'muscle'],
  ['accent', 'body'],
];

for (const theme of ['light', 'dark'] as const) {
  test.each(TEXT)(`${theme}: text %s on %s`, (text, ground) => {
    expect(contrast(token(text, theme), token(ground, theme))).toBeGreaterThanOrEqual(4.5);
  });
  test.each(MARKS)(`${theme}: mark %s on %s`, (mark, ground) => {
    expect(contrast(token(mark, theme), token(ground, theme))).toBeGreaterThanOrEqual(3);
  });
}
