/** `PUT /me/avatar`: the picture's bytes as they are, of any type that starts with image/. */
import { LIMITS, meSchema } from '@vitrine/schema';
import type { App } from '../platform/http.ts';
import { refuse } from '../platform/problem.ts';
import { dropAvatar, putAvatar } from './avatar.ts';
import { viewerOf } from '../platform/viewer.ts';
import { meOf, type AccountParts } from './parts.ts';

/** Registers them, apart from the others: only here are pictures taken as a body. */
export function avatarRoutes(app: App, parts: AccountParts): void {
  void app.register(async (scope: App) => {
    scope.addContentTypeParser(
      /^image\//,
      { parseAs: 'buffer', bodyLimit: LIMITS.avatarBytes },
      (_request, body, done) => done(null, body),
    );
    const schema = { response: { 200: meSchema } };
    scope.put('/api/v1/me/avatar', { bodyLimit: LIMITS.avatarBytes, schema }, async (request) => {
      const { accountId } = viewerOf(request);
      if (!(request.body instanceof Uint8Array))
        throw refuse('wrong_media_type', 'Send the picture itself, as image/…');
      await putAvatar(parts, accountId, request.body);
      return meOf(parts, accountId);
    });

    scope.delete('/api/v1/me/avatar', { schema }, async (request) => {
      const { accountId } = viewerOf(request);
      await dropAvatar(parts, accountId);
      return meOf(parts, accountId);
    });
  });
}
