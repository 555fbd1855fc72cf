/** A copy to keep, with the author's handle and the site in the picture. Runs in the worker only. */
import { renameSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { probeStream } from '../probe.ts';
import type { Refusal, SourceLimits, WatermarkOutcome } from '../types.ts';
import { syncAndHash } from './finish-mp4.ts';
import { encodeRungs } from './render.ts';
import type { Report } from './render.ts';
import { USUAL_CRF } from './video-encoder.ts';

type WatermarkWork = {
  renditionPath: string;
  outDir: string;
  handle: string;
  site: string;
  limits: SourceLimits;
};

/** Inter, SIL Open Font License; FreeType reads WOFF. */
const FONT = '@fontsource/inter/files/inter-latin-600-normal.woff';
/** Text height as a part of the short side: readable on a phone, small on the picture. */
const HANDLE_PART = 0.037;
const SITE_PART = 0.026;
const MARGIN_PART = 0.04;

/** Draws into every frame and writes one plain MP4. */
export async function makeWatermarked(
  work: WatermarkWork,
  report: Report,
): Promise<Omit<Exclude<WatermarkOutcome, Refusal>, 'cpuMs'> | Refusal> {
  const probe = await probeStream(work.renditionPath, 'mov', work.limits);
  if (probe.kind === 'refused') return probe;
  if (probe.kind !== 'video') throw new Error('this is not one of our renditions');
  const { widthPx, heightPx, durationMs } = probe;
  const shortSidePx = Math.min(widthPx, heightPx);
  const rung = { shortSidePx, widthPx, heightPx };
  const form = { form: 'plain', tail: drawings({ ...work, shortSidePx }), crfOf: () => USUAL_CRF } as const;
  const [raw] = await encodeRungs(
    { sourcePath: work.renditionPath, outDir: work.outDir, probe, rungs: [rung], limits: work.limits },
    form,
    report,
  );
  if (raw === undefined) throw new Error('nothing was encoded');
  const path = join(work.outDir, 'saved.mp4');
  renameSync(raw.rawPath, path);
  return {
    kind: 'watermarked',
    path,
    widthPx,
    heightPx,
    durationMs,
    ...syncAndHash(path),
  };
}

function drawings({
  handle,
  site,
  shortSidePx,
}: {
  handle: string;
  site: string;
  shortSidePx: number;
}): [string, string][] {
  const margin = Math.round(shortSidePx * MARGIN_PART);
  const handlePx = Math.max(10, Math.round(shortSidePx * HANDLE_PART));
  const sitePx = Math.max(8, Math.round(shortSidePx * SITE_PART));
  return [
    ['drawtext', drawText(`@${handle}`, { sizePx: handlePx, alpha: 0.86, y: margin, x: margin })],
    ['drawtext', drawText(site, { sizePx: sitePx, alpha: 0.7, y: margin + Math.round(handlePx * 1.3), x: margin })],
  ];
}

/** Text is taken as it is (`expansion=none`); the top is where players and pages put the least over it. */
function drawText(
  text: string,
  { sizePx, alpha, x, y }: { sizePx: number; alpha: number; x: number; y: number },
): string {
  const fontPath = createRequire(import.meta.url).resolve(FONT);
  return `fontfile=${escapeOption(fontPath)}:text=${escapeOption(text)}:expansion=none:fontsize=${sizePx}:fontcolor=white@${alpha}:shadowcolor=black@0.45:shadowx=0:shadowy=${Math.max(1, Math.round(sizePx / 16))}:x=${x}:y=${y}`;
}

/** A value inside FFmpeg's list of options. */
function escapeOption(value: string): string {
  return value.replaceAll(/[\\':]/g, (character) => `\\${character}`);
}
