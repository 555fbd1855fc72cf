/** Runs real files through the package and compares with what INDEX.tsv says of each. VITRINE_CORPUS_ALL=1 takes all of them. */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { makePhoto, planLadder, probeSource, renderFirst } from './index.ts';
import type { ProbeOutcome, RenditionFile, VideoProbe } from './index.ts';

const REPOSITORY = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
const CORPUS = process.env['VITRINE_CORPUS'] ?? join(REPOSITORY, '..', 'shared', 'corpus');
const INDEX = join(CORPUS, 'INDEX.tsv');
/** Differences that a player does not show. */
const DURATION_SLACK_MS = 200;

type Row = Record<string, string>;

/** Chosen so that each kind of trouble is there once. */
const CHOSEN = [
  'valid/ax-bbb_960x540_60fps_vp8.webm',
  'valid/ax-hdr10-video-with-sdr-container.mp4',
  'valid/ax-sample_av1.mp4',
  'valid/ax-sample_fragmented.mp4',
  'valid/ax-sample_portrait.mp4',
  'valid/ax-sample_rotate_and_reflect.mp4',
  'valid/ax-sowt-with-video.mov',
  'valid/gp-max-heromode.mp4',
  'valid/mb-0.ts',
  'valid/mb-rotate-buck-bunny.mp4',
  'valid/mx-sample.3gp',
  'valid/tc-h264_10bits.mp4',
  'valid/wv-youtube_dl.vtt',
  'odd/ax-edit_list_positive_shift.mp4',
  'odd/ax-sample_edit_list_no_sync_frame_before_edit.mp4',
  'odd/ax-sample_fragmented_clearkey.mp4',
  'odd/mb-sar_2x1.mp4',
  'odd/mp-dash-name.mp4',
  'odd/mp-video_with_failing_audio.mp4',
  'odd/wv-invalid_timeframe.srt',
  'hostile/pi-decompression_bomb.gif',
  'hostile/pt-read_shadow.avi',
  'hostile/sy-hls-local-file.mp4',
  'hostile/sy-magicyuv-benign.avi',
  'audio/md-guitar.mp3',
  'photo/rc-Portrait_8.jpg',
];

function readRows(): Row[] {
  const [head = '', ...lines] = readFileSync(INDEX, 'utf8').trimEnd().split('\n');
  const names = head.split('\t');
  return lines.map((line) => Object.fromEntries(line.split('\t').map((value, n) => [names[n] ?? '', value])));
}

/** What has to come out, in words; undefined if `outcome` is right. */
function mismatch(row: Row, outcome: ProbeOutcome): string | undefined {
  const { kind, expect, reason_or_condition: reason = '' } = row;
  if (expect === 'accept_or_refuse') return undefined;
  if (expect === 'refuse') {
    // What is refused only as a video may turn out to be a sound, or (one is both) a photo.
    const isRefused = reason.includes('no_video') ? outcome.kind !== 'video' : outcome.kind === 'refused';
    return isRefused ? undefined : `expected a refusal, got ${outcome.kind}`;
  }
  if (outcome.kind !== kind)
    return `expected ${kind}, got ${outcome.kind}${outcome.kind === 'refused' ? ` ${outcome.code}` : ''}`;
  if (outcome.kind !== 'video' && outcome.kind !== 'photo') return undefined;
  const sizes = [[row['disp_width'], row['disp_height']]];
  // The index leaves open whether this one's turn counts.
  if (row['notes']?.includes('displayed size swaps')) sizes.push([row['disp_height'], row['disp_width']]);
  if (
    row['disp_width'] !== '' &&
    !sizes.some(([width, height]) => Number(width) === outcome.widthPx && Number(height) === outcome.heightPx)
  ) {
    return `expected ${row['disp_width']}x${row['disp_height']}, got ${outcome.widthPx}x${outcome.heightPx}`;
  }
  return undefined;
}

/** Compares what is served with the row; the rendition's bytes are probed again as any other file. */
async function checkRendition(row: Row, probe: VideoProbe, rendition: RenditionFile): Promise<void> {
  const again = await probeSource({ path: rendition.path });
  assert.equal(again.kind, 'video');
  if (again.kind !== 'video') return;
  const rung = rendition.isRemuxed ? probe : planLadder(probe)[0]!;
  assert.deepEqual([again.widthPx, again.heightPx], [rung.widthPx, rung.heightPx]);
  assert.equal(again.hasAudio, probe.hasAudio);
  if (row['expect'] !== 'accept_or_refuse') assert.equal(again.hasAudio ? 'yes' : 'no', row['has_audio']);
  const decodedMs = Number(row['decoded_duration_s']) * 1000;
  if (row['expect'] === 'accept')
    assert.ok(
      Math.abs(again.durationMs - decodedMs) <= DURATION_SLACK_MS,
      `${again.durationMs} ms is not ${decodedMs}`,
    );
  assert.ok(
    Math.abs(rendition.durationMs - again.durationMs) <= DURATION_SLACK_MS,
    `its header says ${rendition.durationMs}, it holds ${again.durationMs}`,
  );
  assertNothingPersonal(readFileSync(rendition.path), readFileSync(join(CORPUS, row['file'] ?? '')));
}

/** Compares the copies of a photo with the row; their bytes are probed again as any other file. */
async function checkPhoto(row: Row, path: string): Promise<void> {
  const outDir = mkdtempSync(join(tmpdir(), 'vitrine-corpus-'));
  try {
    const made = await makePhoto({ sourcePath: path, outDir });
    if (made.kind === 'refused') return assert.notEqual(row['expect'], 'accept', made.sentence);
    const [width, height] = [Number(row['disp_width']), Number(row['disp_height'])];
    const scale = Math.min(1, 1080 / Math.min(width, height));
    const wanted = [Math.round(width * scale), Math.round(height * scale)];
    const sizes = row['notes']?.includes('displayed size swaps') ? [wanted, wanted.toReversed()] : [wanted];
    assert.ok(
      sizes.some((size) => size[0] === made.widthPx && size[1] === made.heightPx),
      `${made.widthPx}x${made.heightPx} is not ${wanted.join('x')}`,
    );
    const source = readFileSync(path);
    for (const file of [...made.files, made.poster.jpeg, made.poster.avif]) {
      const again = await probeSource({ path: file.path });
      assert.ok(again.kind === 'photo' && again.widthPx === file.widthPx && again.heightPx === file.heightPx);
      assert.ok(
        (file.widthPx <= width && file.heightPx <= height) || sizes.length > 1,
        'a copy is larger than its photo',
      );
      const bytes = readFileSync(file.path);
      for (const mark of [...PLACE_MARKS, 'ICC_PROFILE', 'Photoshop'])
        if (mark.length > 4) assert.ok(!bytes.includes(mark, 0, 'latin1'), `found ${mark} in ${file.type}`);
      for (const mark of ['Exif\0', 'EXIF', 'XMP ', 'http://ns.adobe.com'])
        assert.ok(!bytes.subarray(0, 4096).includes(mark, 0, 'latin1'), `found ${mark} in ${file.type}`);
      for (const [place] of source.toString('latin1').matchAll(PLACE))
        assert.ok(!bytes.includes(place, 0, 'latin1'), `found the place ${place}`);
    }
  } finally {
    rmSync(outDir, { recursive: true, force: true });
  }
}

/** Marks under which cameras keep places, and the places themselves. */
const PLACE_MARKS = ['\xa9xyz', 'loci', 'GPS', 'com.apple.quicktime', 'Exif', 'XMP', 'gpmd', 'x264 - core'];
const PLACE = /[+-]\d{1,2}\.\d{2,}[+-]\d{1,3}\.\d{2,}/g;

function assertNothingPersonal(output: Buffer, source: Buffer): void {
  // Marks of four letters turn up in compressed bytes by chance, so they are looked for in the header.
  const header = output.subarray(0, output.indexOf('moof', 0, 'latin1'));
  for (const mark of PLACE_MARKS) assert.ok(!header.includes(mark, 0, 'latin1'), `found ${mark} in the header`);
  for (const [place] of source.toString('latin1').matchAll(PLACE))
    assert.ok(!output.includes(place, 0, 'latin1'), `found the place ${place}`);
}

if (!existsSync(INDEX)) {
  test('real files come out as their index says', { skip: `no corpus at ${CORPUS}` }, () => undefined);
} else {
  const wantsAll = process.env['VITRINE_CORPUS_ALL'] === '1';
  for (const row of readRows().filter(({ file = '' }) => wantsAll || CHOSEN.includes(file))) {
    test(`${row['file'] ?? ''} comes out as its index says`, async () => {
      const path = join(CORPUS, row['file'] ?? '');
      const outcome = await probeSource({ path });
      assert.equal(mismatch(row, outcome), undefined);
      if (outcome.kind === 'refused') assert.match(outcome.sentence, /^[A-Z].{8,}\.$/);
      if (outcome.kind === 'photo') await checkPhoto(row, path);
      if (outcome.kind !== 'video') return;
      const outDir = mkdtempSync(join(tmpdir(), 'vitrine-corpus-'));
      try {
        const rendered = await renderFirst({ sourcePath: path, outDir, probe: outcome });
        if (rendered.kind === 'refused') assert.notEqual(row['expect'], 'accept', rendered.sentence);
        else await checkRendition(row, outcome, rendered.renditions[0]!);
      } finally {
        rmSync(outDir, { recursive: true, force: true });
      }
    });
  }
}
