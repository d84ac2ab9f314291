// Copies what other parts of the project build into `static/`: the engine's WASM, pose networks, demo recordings.
//
// Nothing that it writes is committed. A part that has not been built is named, with the command that builds it.
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

const web = dirname(dirname(fileURLToPath(import.meta.url)));
const root = dirname(web);
const built = join(root, 'build');
const networks = process.env.SPOTTER_NETWORKS ?? join(built, 'networks');
const out = join(web, 'static');

const fresh = (name) => {
  const folder = join(out, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
};
const need = (path, remedy) => {
  if (!existsSync(path)) throw new Error(`there is no ${path}; run \`${remedy}\` first`);
  return path;
};

const wasm = fresh('wasm');
for (const name of ['motion_wasm.js', 'motion_wasm.d.ts', 'motion_wasm_bg.wasm'])
  copyFileSync(need(join(built, 'wasm', 'web', name), 'cargo xtask wasm'), join(wasm, name));

const nets = fresh('networks');
for (const name of ['pose_detection', 'pose_landmark_lite', 'pose_landmark_full'])
  copyFileSync(
    need(join(networks, `${name}.tflite`), 'cargo xtask setup'),
    join(nets, `${name}.tflite`),
  );

// LiteRT.js's WebAssembly, from our own origin: with WebGPU, with threads, with neither, and for older browsers.
const litert = fresh('litert');
const litertPackage = join(web, 'node_modules/@litertjs/core/wasm');
for (const flavor of ['jspi_', 'threaded_', '', 'compat_'])
  for (const extension of ['js', 'wasm']) {
    const name = `litert_wasm_${flavor}internal.${extension}`;
    copyFileSync(need(join(litertPackage, name), 'npm ci'), join(litert, name));
  }

// What the engine's worker downloads, so that it knows sizes, and whether what it kept is still right.
const files = {};
for (const [folder, extension] of [
  ['wasm', '.wasm'],
  ['litert', '.wasm'],
  ['networks', '.tflite'],
])
  for (const name of readdirSync(join(out, folder)).filter((name) => name.endsWith(extension))) {
    const bytes = readFileSync(join(out, folder, name));
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    files[`/${folder}/${name}`] = { bytes: bytes.length, sha256 };
  }
writeFileSync(join(wasm, 'files.json'), JSON.stringify(files));

// Recorded landmarks for the demo: our own numbers, from the engine's fixtures. Decompressed, because servers compress.
const clips = join(root, 'crates/motion/tests/golden/clips');
const demo = fresh('demo');
const list = [];
for (const file of readdirSync(clips).sort()) {
  if (!file.endsWith('.meta.json')) continue;
  const id = file.slice(0, -'.meta.json'.length);
  const meta = JSON.parse(readFileSync(join(clips, file), 'utf8'));
  writeFileSync(join(demo, `${id}.jsonl`), gunzipSync(readFileSync(join(clips, `${id}.jsonl.gz`))));
  list.push({ id, ...meta });
}
writeFileSync(join(demo, 'index.json'), JSON.stringify(list));
// The exercises and their figures, told and drawn by the engine itself, so that the first view needs no WASM.
const engine = createRequire(import.meta.url)(
  need(join(built, 'wasm', 'node', 'motion_wasm.js'), 'cargo xtask wasm'),
);
const catalog = fresh('catalog');
const figures = fresh('catalog/figures');
for (const language of ['en', 'de'])
  writeFileSync(join(catalog, `exercises.${language}.json`), engine.catalog(language));
// Light, and dark where the address ends in `#dark`. The turning point's step picture is the still.
const seen = (camera) => (camera === 'side' || camera === 'any' ? 'side' : 'front');
for (const { id, camera, pictures } of JSON.parse(engine.catalog('en'))) {
  const draw = (name, view, picture) =>
    writeFileSync(
      join(figures, `${id}.${name}.svg`),
      engine.exercise_figure(id, 'en', view, 'any', picture),
    );
  for (const view of ['side', 'front'])
    for (const picture of ['moving', 'still']) draw(`${view}.${picture}`, view, picture);
  for (const [index, part] of pictures.entries())
    if (part !== 'turn' && part !== 'hold')
      draw(`step${index + 1}`, seen(camera), String(index + 1));
}
console.log(
  `static: wasm, ${readdirSync(nets).length} networks, ${list.length} recordings, ${readdirSync(figures).length} figures`,
);
