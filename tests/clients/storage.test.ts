// The whole round of the official JavaScript client against Storage: every body that upload() takes, buckets, listing,
// signed URLs, and what anon is refused. Policies per user are tested from Python; they are the same on this path.
import { randomBytes, randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { createClient } from '@supabase/supabase-js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

function env(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: take it from ./scripts/status -o env`);
  return value;
}

const options = { auth: { persistSession: false, autoRefreshToken: false } };
const service = createClient(env('API_URL'), env('SECRET_KEY'), options);
const anon = createClient(env('API_URL'), env('PUBLISHABLE_KEY'), options);
const bucket = `test-${randomUUID().slice(0, 13)}`;
const files = service.storage.from(bucket);

function must<T>(answer: { data: T; error: unknown }): NonNullable<T> {
  if (answer.error instanceof Error) throw answer.error;
  if (answer.data === null || answer.data === undefined) throw new Error(JSON.stringify(answer.error));
  return answer.data;
}

const text = async (path: string): Promise<string> => must(await files.download(path)).text();

beforeAll(async () => {
  must(await service.storage.createBucket(bucket, { public: false }));
});

afterAll(async () => {
  must(await service.storage.emptyBucket(bucket));
  must(await service.storage.deleteBucket(bucket));
});

describe('buckets', () => {
  it('are made, read, changed and deleted', async () => {
    const name = `test-${randomUUID().slice(0, 13)}`;
    const limits = { public: true, fileSizeLimit: '2KB', allowedMimeTypes: ['image/png'] };
    expect(must(await service.storage.createBucket(name, limits)).name).toBe(name);
    const again = await service.storage.createBucket(name, limits);
    expect(again.error).toMatchObject({ status: 400, statusCode: '409', message: 'The resource already exists' });
    expect(must(await service.storage.getBucket(name))).toMatchObject({
      id: name,
      public: true,
      file_size_limit: 2000,
      allowed_mime_types: ['image/png'],
    });
    expect(must(await service.storage.listBuckets({ search: name, limit: 5 })).map((entry) => entry.id)).toEqual([
      name,
    ]);
    const png = new Blob([new Uint8Array(3000)], { type: 'image/png' });
    expect((await service.storage.from(name).upload('big.png', png)).error).toMatchObject({ statusCode: '413' });
    const gif = new Blob(['x'], { type: 'image/gif' });
    expect((await service.storage.from(name).upload('a.gif', gif)).error).toMatchObject({ statusCode: '415' });
    must(await service.storage.updateBucket(name, { public: false, fileSizeLimit: null, allowedMimeTypes: null }));
    must(await service.storage.from(name).upload('big.png', png));
    expect((await service.storage.deleteBucket(name)).error).toMatchObject({ statusCode: '409' });
    must(await service.storage.emptyBucket(name));
    must(await service.storage.deleteBucket(name));
    expect((await service.storage.getBucket(name)).error).toMatchObject({ statusCode: '404' });
  });
});

describe('bodies', () => {
  const bytes = new TextEncoder().encode('hello');
  const form = (): FormData => {
    const body = new FormData();
    body.append('file', new File(['hello'], 'any.txt', { type: 'text/plain' }));
    return body;
  };
  const bodies = {
    text: () => 'hello',
    'an ArrayBuffer': () => bytes.slice().buffer,
    'a Uint8Array': () => bytes,
    'a Buffer': () => Buffer.from('hello'),
    'a Blob': () => new Blob(['hello'], { type: 'text/plain' }),
    'a File': () => new File(['hello'], 'name with \u00fcml\u00e4ut.txt', { type: 'text/plain' }),
    'a FormData': form,
    'a web stream': () => new Blob(['hello']).stream(),
    'a Node stream': () => Readable.from([Buffer.from('hel'), Buffer.from('lo')]),
  };
  for (const [name, body] of Object.entries(bodies)) {
    it(`takes ${name}`, async () => {
      const path = `bodies/${randomUUID()}.txt`;
      const metadata = { kind: name, nested: { n: 1 } };
      const answer = must(
        await files.upload(path, body(), { contentType: 'text/plain', cacheControl: '99', metadata }),
      );
      expect(answer).toMatchObject({ path, fullPath: `${bucket}/${path}`, id: expect.any(String) });
      expect(await text(path)).toBe('hello');
      const info = must(await files.info(path));
      expect(info).toMatchObject({ size: 5, contentType: 'text/plain', cacheControl: 'max-age=99', metadata });
    });
  }

  it('takes an empty file and several megabytes', async () => {
    must(await files.upload('bodies/empty', new Blob([])));
    expect(must(await files.download('bodies/empty')).size).toBe(0);
    const large = randomBytes(6 * 1024 * 1024);
    must(await files.upload('bodies/large', new Blob([large])));
    const back = Buffer.from(await must(await files.download('bodies/large')).arrayBuffer());
    expect(back.equals(large)).toBe(true);
    const stream = must(await files.download('bodies/large').asStream());
    let size = 0;
    for await (const chunk of stream as unknown as AsyncIterable<Uint8Array>) size += chunk.length;
    expect(size).toBe(large.length);
  });

  it('refuses far too much with an answer, not with a broken connection', async () => {
    const huge = new Blob([new Uint8Array(51 * 1024 * 1024)]);
    expect((await files.upload('bodies/huge', huge)).error).toMatchObject({ statusCode: '413' });
    expect((await anon.storage.from(bucket).upload('bodies/huge', huge)).error).toMatchObject({ statusCode: '403' });
    expect(must(await files.list('bodies', { search: 'huge' }))).toEqual([]);
  });
});

describe('objects', () => {
  it('are overwritten only when asked', async () => {
    must(await files.upload('over/a.txt', 'one'));
    expect((await files.upload('over/a.txt', 'two')).error).toMatchObject({ status: 400, statusCode: '409' });
    must(await files.upload('over/a.txt', new File(['two'], 'a.txt'), { upsert: true }));
    expect(await text('over/a.txt')).toBe('two');
    must(await files.update('over/a.txt', new Blob(['three'])));
    expect(await text('over/a.txt')).toBe('three');
  });

  it('are listed, moved, copied and removed', async () => {
    for (const name of ['a.txt', 'b.txt', 'sub/c.txt']) must(await files.upload(`round/${name}`, name));
    const names = async (path: string): Promise<string[]> => must(await files.list(path)).map((entry) => entry.name);
    expect(await names('round')).toEqual(['a.txt', 'b.txt', 'sub']);
    const page = must(await files.list('round', { limit: 1, offset: 1, sortBy: { column: 'name', order: 'desc' } }));
    expect(page.map((entry) => entry.name)).toEqual(['b.txt']);
    const folder = must(await files.listV2({ prefix: 'round/', with_delimiter: true, limit: 2 }));
    expect(folder).toMatchObject({ hasNext: true, objects: [{ name: 'round/a.txt' }, { name: 'round/b.txt' }] });
    const rest = must(await files.listV2({ prefix: 'round/', with_delimiter: true, cursor: folder.nextCursor! }));
    expect(rest).toMatchObject({ hasNext: false, objects: [], folders: [{ name: 'round/sub/' }] });
    expect(must(await files.move('round/a.txt', 'round/moved.txt')).message).toBe('Successfully moved');
    expect(must(await files.copy('round/moved.txt', 'round/copy.txt')).path).toBe(`${bucket}/round/copy.txt`);
    expect((await files.exists('round/a.txt')).data).toBe(false);
    expect((await files.exists('round/copy.txt')).data).toBe(true);
    const removed = must(await files.remove(['round/moved.txt', 'round/none.txt']));
    expect(removed.map((entry) => entry.name)).toEqual(['round/moved.txt']);
    expect(await names('round')).toEqual(['b.txt', 'copy.txt', 'sub']);
    expect((await files.download('round/moved.txt')).error).toMatchObject({ status: 400, statusCode: '404' });
  });

  it('move and copy to another bucket', async () => {
    const other = `test-${randomUUID().slice(0, 13)}`;
    must(await service.storage.createBucket(other, { public: true }));
    must(await files.upload('across.txt', 'across'));
    must(await files.copy('across.txt', 'copied.txt', { destinationBucket: other }));
    must(await files.move('across.txt', 'moved.txt', { destinationBucket: other }));
    const shown = service.storage.from(other);
    for (const name of ['copied.txt', 'moved.txt']) {
      expect(await (await fetch(shown.getPublicUrl(name).data.publicUrl)).text()).toBe('across');
    }
    must(await service.storage.emptyBucket(other));
    must(await service.storage.deleteBucket(other));
  });
});

describe('signed URLs', () => {
  it('open one object, for a while', async () => {
    const path = 'signed/a b (1).txt';
    must(await files.upload(path, 'signed'));
    const { signedUrl } = must(await files.createSignedUrl(path, 60, { download: 'n\u00e4me.txt' }));
    const answer = await fetch(signedUrl);
    expect(await answer.text()).toBe('signed');
    expect(answer.headers.get('content-disposition')).toContain('attachment');
    expect((await fetch(signedUrl.replace('signed/a', 'signed/b'))).status).toBe(400);
    const short = must(await files.createSignedUrl(path, 1)).signedUrl;
    await new Promise((resolve) => setTimeout(resolve, 2100));
    expect((await fetch(short)).status).toBe(400);
    const many = must(await files.createSignedUrls([path, 'signed/none'], 60));
    expect(many.map((entry) => [entry.path, entry.error === null])).toEqual([
      [path, true],
      ['signed/none', false],
    ]);
    expect(await (await fetch(many[0]!.signedUrl ?? '')).text()).toBe('signed');
  });

  it('let somebody without rights upload one object', async () => {
    for (const [path, body] of Object.entries({ 'signed/f': new File(['up'], 'f.txt'), 'signed/t': 'up' })) {
      const { token } = must(await files.createSignedUploadUrl(path));
      const visitor = anon.storage.from(bucket);
      expect(must(await visitor.uploadToSignedUrl(path, token, body))).toMatchObject({ path });
      expect(await text(path)).toBe('up');
      expect((await visitor.uploadToSignedUrl(path, token, body)).error).toMatchObject({ statusCode: '409' });
      expect((await visitor.uploadToSignedUrl('signed/x', token, body)).error).toMatchObject({ status: 400 });
    }
    const { token } = must(await files.createSignedUploadUrl('signed/f', { upsert: true }));
    must(await anon.storage.from(bucket).uploadToSignedUrl('signed/f', token, new Blob(['again'])));
    expect(await text('signed/f')).toBe('again');
  });
});

describe('anon, without a policy', () => {
  it('may do nothing', async () => {
    must(await files.upload('secret.txt', 'secret'));
    const visitor = anon.storage.from(bucket);
    const refused = { status: 400, statusCode: '403', message: 'new row violates row-level security policy' };
    expect((await visitor.upload('mine.txt', new Blob(['x']))).error).toMatchObject(refused);
    expect((await visitor.upload('secret.txt', 'x', { upsert: true })).error).toMatchObject(refused);
    expect((await visitor.createSignedUploadUrl('mine.txt')).error).toMatchObject(refused);
    expect((await visitor.download('secret.txt')).error).toMatchObject({ statusCode: '404' });
    expect((await visitor.createSignedUrl('secret.txt', 60)).error).toMatchObject({ statusCode: '404' });
    expect(must(await visitor.list())).toEqual([]);
    expect(must(await visitor.remove(['secret.txt']))).toEqual([]);
    expect((await fetch(visitor.getPublicUrl('secret.txt').data.publicUrl)).status).toBe(400);
    expect(await text('secret.txt')).toBe('secret');
    expect((await anon.storage.createBucket('mine', { public: true })).error).toMatchObject(refused);
  });
});
