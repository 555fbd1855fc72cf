/** The media store on an S3-compatible service. */
import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import type { MediaStore, StoredFile } from './media-store.ts';
import type { S3Settings } from './settings.ts';

/** Opens the store; the bucket must exist. */
export function openS3Store(settings: S3Settings): MediaStore {
  const client = new S3Client({
    endpoint: settings.endpoint,
    region: settings.region,
    forcePathStyle: true,
    credentials: { accessKeyId: settings.accessKeyId, secretAccessKey: settings.secretAccessKey },
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  const Bucket = settings.bucket;

  async function openBytes(Key: string, range?: { start: number; end: number }): Promise<Readable> {
    const answer = await client.send(
      new GetObjectCommand({ Bucket, Key, ...(range ? { Range: `bytes=${range.start}-${range.end}` } : {}) }),
    );
    if (!(answer.Body instanceof Readable)) throw new Error(`no bytes from the media store for ${Key}`);
    return answer.Body;
  }

  return {
    async put(Key, filePath) {
      const { size } = await stat(filePath);
      await client.send(new PutObjectCommand({ Bucket, Key, Body: createReadStream(filePath), ContentLength: size }));
    },
    open: openBytes,
    async stat(key) {
      try {
        const head = await client.send(new HeadObjectCommand({ Bucket, Key: key }));
        return { key, sizeBytes: head.ContentLength ?? 0, changedAt: head.LastModified ?? new Date(0) };
      } catch (cause) {
        if (cause instanceof Error && (cause.name === 'NotFound' || cause.name === 'NoSuchKey')) return undefined;
        throw new Error(`the media store did not answer for ${key}`, { cause });
      }
    },
    async remove(Key) {
      await client.send(new DeleteObjectCommand({ Bucket, Key }));
    },
    list: (prefix) => listBucket(client, Bucket, prefix),
    async localPath(key, scratchPath) {
      await pipeline(await openBytes(key), createWriteStream(scratchPath));
      return scratchPath;
    },
    diskPath: () => undefined,
  };
}

async function* listBucket(client: S3Client, Bucket: string, Prefix: string): AsyncIterable<StoredFile> {
  let ContinuationToken: string | undefined;
  do {
    const page = await client.send(
      new ListObjectsV2Command({ Bucket, Prefix, ...(ContinuationToken ? { ContinuationToken } : {}) }),
    );
    for (const entry of page.Contents ?? []) {
      if (entry.Key) yield { key: entry.Key, sizeBytes: entry.Size ?? 0, changedAt: entry.LastModified ?? new Date(0) };
    }
    ContinuationToken = page.NextContinuationToken;
  } while (ContinuationToken);
}
