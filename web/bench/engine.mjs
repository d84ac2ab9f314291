// `npm run bench:engine [-- --clip NAME --frames N --seconds N --mediapipe --gpu]`: where each frame's milliseconds go,
// in headless Chromium, on a real clip: one thread and many, small network and full, from a file and from a camera.
//
// `--mediapipe` adds MediaPipe's JavaScript solution on the same frames (its npm package is fetched into a temporary
// folder). `--gpu` tries WebGPU, in software where there is no GPU: that tells whether it works, not how fast it is.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { asWebcam, cameraArguments, clipsFolder } from './clips.mjs';
import { serveBench } from './site.mjs';

const { values: options } = parseArgs({
  options: {
    clip: { type: 'string', default: 'squat-side' },
    exercise: { type: 'string', default: 'squat' },
    frames: { type: 'string', default: '200' },
    seconds: { type: 'string', default: '20' },
    mediapipe: { type: 'boolean', default: false },
    gpu: { type: 'boolean', default: false },
  },
});
const MEDIAPIPE = '@mediapipe/pose@0.5.1675469404';
// The seed's bar, per frame.
const MEDIAN_MS = 120;
const P95_MS = 200;

const clips = clipsFolder();
if (!clips) {
  console.log('skipped: there is no shared/clips here; set SPOTTER_CLIPS to a folder with clips');
  process.exit(0);
}
const quantile = (values, share) => {
  const sorted = values.filter((value) => value !== null).sort((a, b) => a - b);
  return sorted[Math.max(1, Math.ceil(share * sorted.length)) - 1];
};
const shown = (value) => (value === undefined ? '–' : value.toFixed(1)).padStart(8);
const STAGES = ['capture', 'preprocess', 'detect', 'landmarks', 'engine', 'total'];
let n_missed = 0;

function print(title, measured, judged = true) {
  const { frames, elapsed_ms } = measured;
  const fps = (frames.length * 1000) / elapsed_ms;
  const dropped = frames.reduce((sum, frame) => sum + frame.dropped, 0);
  console.log(
    `\n${title}: ${measured.backend} (${measured.reason}), ${measured.size}, loaded in ${Math.round(measured.load_ms)} ms\n` +
      `  ${frames.length} frames, ${measured.n_people} with a person, ${dropped} dropped, ${fps.toFixed(1)} a second, ${measured.n_reps} repetitions`,
  );
  if (measured.n_painted) {
    const paints = (measured.n_painted * 1000) / elapsed_ms;
    console.log(`  the page painted ${paints.toFixed(1)} times a second`);
    if (paints < 29) n_missed += 1;
  }
  console.log(`  ${'ms'.padEnd(12)}  median     p95`);
  for (const stage of STAGES) {
    const values = frames.map((frame) => frame[`${stage}_ms`]);
    console.log(
      `  ${stage.padEnd(12)}${shown(quantile(values, 0.5))}${shown(quantile(values, 0.95))}`,
    );
  }
  if (!judged) return;
  const totals = frames.map((frame) => frame.total_ms);
  const met = quantile(totals, 0.5) < MEDIAN_MS && quantile(totals, 0.95) < P95_MS;
  if (!met) n_missed += 1;
  console.log(`  ${met ? 'meets' : 'MISSES'} median < ${MEDIAN_MS} ms and p95 < ${P95_MS} ms`);
}

/** MediaPipe's package, unpacked. */
function fetchMediapipe() {
  const folder = mkdtempSync(join(tmpdir(), 'spotter-mediapipe-'));
  execFileSync('npm', ['pack', MEDIAPIPE, '--loglevel=error', '--pack-destination', folder]);
  const unpacked = join(folder, 'package');
  mkdirSync(unpacked);
  execFileSync('tar', ['xzf', join(folder, 'mediapipe-pose-0.5.1675469404.tgz'), '-C', folder]);
  execFileSync('chmod', ['-R', 'u+rX', unpacked]);
  return unpacked;
}

async function withPage(args, use) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-dev-shm-usage', ...args],
  });
  try {
    const page = await browser.newPage();
    page.on('pageerror', (error) => console.log(`  in the page: ${error.message}`));
    await page.goto(site.url);
    await use(page);
  } finally {
    await browser.close();
  }
}

const clip = join(clips, `${options.clip}.mp4`);
const mediapipe = options.mediapipe ? fetchMediapipe() : null;
const site = await serveBench(4189, {
  'clip.mp4': clip,
  ...(mediapipe ? { mediapipe } : {}),
});
try {
  const n_frames = Number(options.frames);
  const { exercise } = options;
  console.log(`${options.clip}, headless Chromium`);
  const plan = [
    ['wasm', 'lite'],
    ['wasm', 'full'],
    ['wasm-threads', 'lite'],
    ['wasm-threads', 'full'],
  ];
  await withPage(['--disable-gpu'], async (page) => {
    for (const [backend, network] of plan) {
      const wanted = { backend, network, exercise };
      const run = ([wanted, n]) => window.bench.file('/clip.mp4', wanted, n);
      print(`from a file, ${network}`, await page.evaluate(run, [wanted, n_frames]));
    }
  });
  if (options.gpu)
    await withPage(['--enable-unsafe-webgpu', '--use-webgpu-adapter=swiftshader'], async (page) => {
      const wanted = { backend: 'webgpu', network: 'lite', exercise };
      const run = ([wanted, n]) => window.bench.file('/clip.mp4', wanted, n);
      print('on a GPU made of software, lite', await page.evaluate(run, [wanted, 20]), false);
    });
  const webcam = asWebcam(clip, {
    before_s: 0,
    still_s: 0,
    after_s: 0,
    width: 1280,
  });
  try {
    await withPage(['--disable-gpu', ...cameraArguments(webcam.path)], async (page) => {
      for (const network of ['lite', 'full']) {
        const run = ([wanted, seconds]) => window.bench.live(wanted, seconds);
        const wanted = { backend: 'auto', network, exercise };
        const measured = await page.evaluate(run, [wanted, Number(options.seconds)]);
        print(`from a camera, ${network}`, measured);
      }
    });
  } finally {
    webcam.remove();
  }
  if (mediapipe)
    for (const network of ['lite', 'full'])
      await withPage(['--use-gl=angle', '--use-angle=swiftshader'], async (page) => {
        const run = ([network, n]) => window.bench.mediapipe('/clip.mp4', '/mediapipe', network, n);
        const { frames_ms, n_people } = await page.evaluate(run, [network, n_frames]);
        console.log(
          `\nMediaPipe's JavaScript solution, ${network}: ${frames_ms.length} frames, ${n_people} with a person, ` +
            `median ${shown(quantile(frames_ms, 0.5)).trim()} ms, p95 ${shown(quantile(frames_ms, 0.95)).trim()} ms`,
        );
      });
} finally {
  site.close();
  if (mediapipe) rmSync(mediapipe, { recursive: true, force: true });
}
if (n_missed > 0) console.log(`\n${n_missed} bars missed`);
process.exit(n_missed > 0 ? 1 : 0);
