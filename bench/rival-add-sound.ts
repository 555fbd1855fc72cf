/**
 * The rival of P21: what a few dozen lines of node-av do, without our code, sandbox or checks: pictures copied, two sounds mixed,
 * measured by EBU R128, brought to -14 LUFS and encoded. `node bench/rival-add-sound.ts CLIP SOUND FOLDER` prints {cpuMs}.
 */
import { join } from 'node:path';
import { AV_LOG_QUIET, AV_SAMPLE_FMT_FLTP, Decoder, Demuxer, Encoder, FilterGraph, Frame, Log, Muxer } from 'node-av';

Log.setLevel(AV_LOG_QUIET);
const [clipPath = '', soundPath = '', folder = ''] = process.argv.slice(2);
const INPUT = 'time_base=1/48000:sample_rate=48000:sample_fmt=fltp:channel_layout=stereo';

/** Decodes both sounds through filters behind the mix, and shows each frame that comes out. */
async function mix(filters: string, visit: (frame: Frame) => Promise<void>): Promise<void> {
  const graph = new FilterGraph();
  graph.alloc();
  graph.parsePtr(
    `abuffer@a=${INPUT}[a];abuffer@b=${INPUT}[b];[a][b]amix=inputs=2:normalize=0:duration=first,${filters},aformat=sample_fmts=fltp:sample_rates=48000:channel_layouts=stereo,asetnsamples=n=1024:p=0,abuffersink@out`,
  );
  graph.configSync();
  const sink = graph.getFilter('abuffersink@out');
  const drain = async (): Promise<void> => {
    const out = new Frame();
    out.alloc();
    while (sink !== null && sink.buffersinkGetFrameSync(out) >= 0) {
      await visit(out);
      out.unref();
    }
    out.free();
  };
  const feeds = await Promise.all(
    [clipPath, soundPath].map(async (path, n) => {
      const demuxer = await Demuxer.open(path);
      const stream = demuxer.audio();
      if (stream === undefined) throw new Error('no sound');
      const decoder = await Decoder.create(stream);
      return {
        stream,
        decoder,
        packets: demuxer.packets(stream.index),
        input: graph.getFilter(n === 0 ? 'abuffer@a' : 'abuffer@b'),
      };
    }),
  );
  for (let open = feeds; open.length > 0;) {
    const ended = new Set<(typeof feeds)[number]>();
    for (const feed of open) {
      const next = await feed.packets.next();
      const packet = next.done === true ? null : next.value;
      for (const frame of await feed.decoder.decodeAll(packet)) {
        feed.input?.buffersrcAddFrameSync(frame);
        frame.free();
      }
      if (packet !== null) continue;
      feed.input?.buffersrcAddFrameSync(null);
      ended.add(feed);
    }
    await drain();
    open = open.filter((feed) => !ended.has(feed));
  }
  await drain();
}

let loudness = -14;
await mix('ebur128=metadata=1:peak=true', async (frame) => {
  loudness = Number(frame.getMetadata().get('lavfi.r128.I') ?? loudness);
});
const clip = await Demuxer.open(clipPath);
const video = clip.video();
if (video === undefined) throw new Error('no video');
const encoder = await Encoder.create('aac' as never, { bitrate: 128_000, options: {} as never } as never);
const muxer = await Muxer.open(join(folder, 'rival.mp4'), {
  format: 'mp4',
  options: { movflags: 'frag_keyframe+empty_moov+default_base_moof' },
});
const picture = muxer.addStream(video);
const sound = muxer.addStream(encoder);
for await (const packet of clip.packets(video.index)) if (packet !== null) await muxer.writePacket(packet, picture);
await mix(`volume=${(-14 - loudness).toFixed(2)}dB`, async (frame) => {
  if (frame.format !== AV_SAMPLE_FMT_FLTP) throw new Error('other samples');
  for (const packet of await encoder.encodeAll(frame)) await muxer.writePacket(packet, sound);
});
for (const packet of await encoder.encodeAll(null)) await muxer.writePacket(packet, sound);
await muxer.close();
const { user, system } = process.cpuUsage();
process.stdout.write(`${JSON.stringify({ cpuMs: Math.round((user + system) / 1000) })}\n`);
process.exit(0);
