/**
 * The rival of P6 and P7: what forty lines of node-av do, without our code, sandbox or checks.
 * `node bench/rival-encode.ts remux|first|all SOURCE FOLDER` prints {wallMs, cpuMs}; the source is upright H.264 and AAC.
 */
import { join } from 'node:path';
import { AV_LOG_QUIET, Decoder, Demuxer, Encoder, FilterAPI, Log, Muxer } from 'node-av';

const started = performance.now();
Log.setLevel(AV_LOG_QUIET);
const [mode = 'first', sourcePath = '', folder = ''] = process.argv.slice(2);
const SIZES = { remux: [], first: ['540:960'], all: ['540:960', '720:1280', '1080:1920'] }[mode] ?? [];
const MOVFLAGS = { movflags: 'frag_keyframe+empty_moov+default_base_moof' };

const demuxer = await Demuxer.open(sourcePath);
const [video, audio] = [demuxer.video(), demuxer.audio()];
if (video === undefined) throw new Error('no video');

async function remux(): Promise<void> {
  if (video === undefined) return;
  const muxer = await Muxer.open(join(folder, 'remux.mp4'), { format: 'mp4', options: MOVFLAGS });
  const outputs = new Map(
    [video, ...(audio === undefined ? [] : [audio])].map((stream) => [stream.index, muxer.addStream(stream)]),
  );
  for await (const packet of demuxer.packets()) {
    const output = packet === null ? undefined : outputs.get(packet.streamIndex);
    if (output !== undefined) await muxer.writePacket(packet, output);
  }
  await muxer.close();
}

async function encode(): Promise<void> {
  if (video === undefined) return;
  const decoder = await Decoder.create(video);
  const rungs = await Promise.all(
    SIZES.map(async (size) => {
      const filter = FilterAPI.create(`fps=30,scale=${size},format=yuv420p`);
      const encoder = await Encoder.create('libx264' as never, {
        options: { preset: 'veryfast', crf: 23 } as never,
        filter,
      });
      const muxer = await Muxer.open(join(folder, `${size.replace(':', 'x')}.mp4`), {
        format: 'mp4',
        options: MOVFLAGS,
      });
      return {
        filter,
        encoder,
        muxer,
        picture: muxer.addStream(encoder),
        sound: audio === undefined ? -1 : muxer.addStream(audio),
      };
    }),
  );
  const show = async (frame: Parameters<FilterAPI['processAll']>[0]): Promise<void> => {
    for (const { filter, encoder, muxer, picture } of rungs)
      for (const filtered of await filter.processAll(frame)) {
        for (const packet of await encoder.encodeAll(filtered)) await muxer.writePacket(packet, picture);
        filtered.free();
      }
  };
  for await (const packet of demuxer.packets()) {
    if (packet?.streamIndex === audio?.index && packet !== null)
      for (const { muxer, sound } of rungs) await muxer.writePacket(packet.clone(), sound);
    if (packet !== null && packet.streamIndex !== video.index) continue;
    for (const frame of await decoder.decodeAll(packet)) {
      await show(frame);
      frame.free();
    }
  }
  await show(null);
  for (const { encoder, muxer, picture } of rungs) {
    for (const packet of await encoder.encodeAll(null)) await muxer.writePacket(packet, picture);
    await muxer.close();
  }
}

await (mode === 'remux' ? remux() : encode());
const { user, system } = process.cpuUsage();
process.stdout.write(
  `${JSON.stringify({ wallMs: Math.round(performance.now() - started), cpuMs: Math.round((user + system) / 1000) })}\n`,
);
process.exit(0);
