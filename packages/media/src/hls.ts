/** HLS playlists (RFC 8216) over the byte ranges of our fragmented MP4s. Pure. */
import type { Fragment, FragmentIndex, RenditionFile } from './types.ts';

/** What a playlist has to know of a rendition; `url` is where the bytes or the media playlist are. */
export type ListedRendition = Pick<RenditionFile, 'widthPx' | 'heightPx' | 'codec' | 'bitrateBps' | 'fps'> & {
  url: string;
  peakBitrateBps?: number;
};

/** The playlist of playlists, highest first. */
export function writeMasterPlaylist(renditions: readonly ListedRendition[]): string {
  const sorted = [...renditions].sort((a, b) => b.heightPx * b.widthPx - a.heightPx * a.widthPx);
  const entries = sorted.map(({ bitrateBps, peakBitrateBps, codec, widthPx, heightPx, fps, url }) => {
    const attributes = [
      `BANDWIDTH=${peakBitrateBps ?? bitrateBps}`,
      `AVERAGE-BANDWIDTH=${bitrateBps}`,
      `RESOLUTION=${widthPx}x${heightPx}`,
      `FRAME-RATE=${fps.toFixed(3)}`,
      `CODECS="${codec}"`,
    ];
    return `#EXT-X-STREAM-INF:${attributes.join(',')}\n${url}\n`;
  });
  return `#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-INDEPENDENT-SEGMENTS\n${entries.join('')}`;
}

/** The playlist of one rendition: every segment starts with a key frame. */
export function writeMediaPlaylist(index: FragmentIndex, url: string): string {
  const segments = segmentsOf(index.fragments);
  const targetSeconds = Math.max(1, ...segments.map((segment) => Math.round(segment.durationMs / 1000)));
  const entries = segments.map(
    ({ durationMs, sizeBytes, offsetBytes }) =>
      `#EXTINF:${(durationMs / 1000).toFixed(3)},\n#EXT-X-BYTERANGE:${sizeBytes}@${offsetBytes}\n${url}\n`,
  );
  const head = [
    '#EXTM3U',
    '#EXT-X-VERSION:7',
    '#EXT-X-PLAYLIST-TYPE:VOD',
    '#EXT-X-INDEPENDENT-SEGMENTS',
    `#EXT-X-TARGETDURATION:${targetSeconds}`,
    '#EXT-X-MEDIA-SEQUENCE:0',
    `#EXT-X-MAP:URI="${url}",BYTERANGE="${index.initBytes}@0"`,
  ];
  return `${head.join('\n')}\n${entries.join('')}#EXT-X-ENDLIST\n`;
}

/** Most bits a second of any segment. */
export function peakBitrateBps(index: FragmentIndex): number {
  return Math.max(
    0,
    ...segmentsOf(index.fragments).map(({ sizeBytes, durationMs }) =>
      Math.ceil((sizeBytes * 8000) / Math.max(1, durationMs)),
    ),
  );
}

/** Joins fragments up to the next that starts with a key frame. */
function segmentsOf(fragments: readonly Fragment[]): Fragment[] {
  const segments: Fragment[] = [];
  for (const fragment of fragments) {
    const last = segments.at(-1);
    if (last === undefined || fragment.startsWithKey) segments.push({ ...fragment });
    else
      Object.assign(last, {
        sizeBytes: last.sizeBytes + fragment.sizeBytes,
        durationMs: last.durationMs + fragment.durationMs,
      });
  }
  return segments;
}
