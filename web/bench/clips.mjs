// Real clips for the bench and the browser tests: where they are, and one of them as a fake webcam.
//
// The clips are other people's footage: what is made of them here goes to a temporary folder and is deleted.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** The folder with the clips, or null where this machine has none. */
export function clipsFolder() {
  const candidates = [
    process.env.SPOTTER_CLIPS,
    join(root, '../shared/clips'),
    '/work/shared/clips',
  ];
  return candidates.find((folder) => folder && existsSync(join(folder, 'labels.json'))) ?? null;
}

export function labels(folder) {
  return JSON.parse(readFileSync(join(folder, 'labels.json'), 'utf8'));
}

/**
 * A clip as Motion JPEG, which Chromium plays as a camera at 30 frames a second: `before_s` of an empty picture while the
 * page loads, the clip, `still_s` of its last picture, as a person would stand still, and `after_s` of an empty picture,
 * so that nothing is counted twice when the file begins anew.
 * Answers with the file and how to delete it.
 */
export function asWebcam(clip, { before_s, still_s, after_s, width }) {
  const folder = mkdtempSync(join(tmpdir(), 'spotter-webcam-'));
  const path = join(folder, 'camera.mjpeg');
  const filter = [
    `scale=${width}:-2`,
    'fps=30',
    `tpad=stop_mode=clone:stop_duration=${still_s}`,
    `tpad=start_duration=${before_s}:stop_duration=${after_s}:color=gray`,
  ].join(',');
  const args = [
    '-v',
    'error',
    '-y',
    '-i',
    clip,
    '-an',
    '-vf',
    filter,
    '-q:v',
    '4',
    '-f',
    'mjpeg',
    path,
  ];
  execFileSync('ffmpeg', args);
  return { path, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Chromium's arguments to use such a file as its only camera. */
export function cameraArguments(path) {
  return [
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream',
    `--use-file-for-fake-video-capture=${path}`,
  ];
}
