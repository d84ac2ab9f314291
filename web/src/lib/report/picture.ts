// The report as one picture to share: score, count, the repetitions, one tip. Drawn here, from numbers.
import type { Analysis } from '$lib/engine/types';
import { t } from '$lib/i18n/index.svelte';
import { clock } from '$lib/i18n/numbers';
import { grade } from './grade';

const WIDTH = 1080;
const HEIGHT = 1350;
const EDGE = 84;

/** The colors of the page, read from the tokens, so that the picture follows the theme. */
function colors(): (name: string) => string {
  const probe = document.createElement('span');
  document.body.append(probe);
  const style = getComputedStyle(probe);
  const read = (name: string): string => {
    probe.style.color = `var(--${name})`;
    return style.color;
  };
  const names = [
    'paper',
    'card',
    'ink',
    'muted',
    'soft',
    'accent',
    'good',
    'fair',
    'poor',
    'on-status',
  ];
  const found = new Map(names.map((name) => [name, read(name)]));
  probe.remove();
  return (name) => found.get(name) ?? '#000';
}

/** Breaks a text into lines that fit. */
export function lines(text: string, fits: (line: string) => boolean, most: number): string[] {
  const out: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && !fits(longer)) {
      out.push(line);
      line = word;
    } else line = longer;
  }
  if (line !== '') out.push(line);
  if (out.length <= most) return out;
  return [...out.slice(0, most - 1), `${out[most - 1] ?? ''} …`];
}

export async function picture(analysis: Analysis, name: string, date: string): Promise<Blob> {
  await document.fonts.ready;
  const canvas = document.createElement('canvas');
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('this browser draws no pictures');
  const color = colors();
  const graded = (score: number | null): string => {
    const found = grade(score);
    return found === 'none' ? 'muted' : found;
  };
  const font = (size: number, weight: number): void => {
    context.font = `${weight} ${size}px 'Inter Variable', system-ui, sans-serif`;
  };
  const write = (text: string, x: number, y: number, fill: string): void => {
    context.fillStyle = color(fill);
    context.fillText(text, x, y);
  };

  context.fillStyle = color('paper');
  context.fillRect(0, 0, WIDTH, HEIGHT);
  context.fillStyle = color('card');
  context.beginPath();
  context.roundRect(40, 40, WIDTH - 80, HEIGHT - 80, 48);
  context.fill();

  context.textBaseline = 'alphabetic';
  font(34, 700);
  write(t('app.name'), EDGE + 44, 132, 'ink');
  context.strokeStyle = color('accent');
  context.lineWidth = 9;
  context.beginPath();
  context.arc(EDGE + 15, 120, 13, 0, 2 * Math.PI);
  context.stroke();
  font(30, 500);
  context.textAlign = 'right';
  write(date, WIDTH - EDGE, 132, 'muted');
  context.textAlign = 'left';

  font(84, 760);
  write(name, EDGE, 262, 'ink');

  // The score's ring.
  const [x, y, radius] = [EDGE + 190, 510, 172];
  const score = analysis.score;
  context.lineWidth = 36;
  context.lineCap = 'round';
  context.strokeStyle = color('soft');
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.stroke();
  if (score !== null && score > 0) {
    context.strokeStyle = color(graded(score));
    context.beginPath();
    context.arc(x, y, radius, -Math.PI / 2, -Math.PI / 2 + (score / 100) * 2 * Math.PI);
    context.stroke();
  }
  context.textAlign = 'center';
  font(132, 780);
  write(score === null ? '–' : String(Math.round(score)), x, y + 40, 'ink');
  font(30, 500);
  write(t('report.of_100'), x, y + 90, 'muted');
  context.textAlign = 'left';

  const facts: [string, string][] =
    analysis.hold_ms === null
      ? [
          [String(analysis.reps), t('report.reps')],
          [String(analysis.attempts), t('report.attempts')],
        ]
      : [[clock(analysis.hold_ms), t('report.held')]];
  facts.push([clock(analysis.duration_ms), t('report.duration')]);
  facts.forEach(([value, label], k) => {
    font(76, 740);
    write(value, 560, 420 + k * 130, 'ink');
    const width = context.measureText(value).width;
    font(34, 500);
    write(label, 560 + width + 18, 420 + k * 130, 'muted');
  });

  // The repetitions.
  const reps = analysis.rep_list.slice(0, 24);
  const gap = 10;
  const each = Math.min(
    96,
    (WIDTH - 2 * EDGE - gap * (reps.length - 1)) / Math.max(1, reps.length),
  );
  context.textAlign = 'center';
  reps.forEach((rep, k) => {
    const left = EDGE + k * (each + gap);
    context.beginPath();
    context.roundRect(left, 800, each, 110, 18);
    if (rep.counted) {
      context.fillStyle = color(graded(rep.score));
      context.fill();
    } else {
      context.setLineDash([10, 8]);
      context.lineWidth = 5;
      context.strokeStyle = color('poor');
      context.stroke();
      context.setLineDash([]);
    }
    font(Math.min(34, each * 0.42), 700);
    const number = rep.score === null ? '·' : String(Math.round(rep.score));
    write(number, left + each / 2, 866, rep.counted ? 'on-status' : 'poor');
  });
  context.textAlign = 'left';

  const tip = analysis.tips[0];
  if (tip !== undefined) {
    font(32, 600);
    write(t('report.next_time'), EDGE, 1010, 'accent');
    font(40, 560);
    const wrapped = lines(tip, (line) => context.measureText(line).width <= WIDTH - 2 * EDGE, 4);
    wrapped.forEach((line, k) => write(line, EDGE, 1072 + k * 54, 'ink'));
  }

  return new Promise((done, fail) => {
    canvas.toBlob(
      (blob) => (blob ? done(blob) : fail(new Error('the picture could not be made'))),
      'image/png',
    );
  });
}
