/** The session's token on the wire: a cookie for browsers, the answer's body for the command line. */
import type { FastifyReply } from 'fastify';
import { sessionCookieName } from '../platform/guard.ts';
import type { Settings } from '../platform/settings.ts';
import { SESSION_ABSOLUTE_MS, type SessionKind } from './session-rows.ts';

/** Hands a token over in the way of the session's kind: returns it for the body, or sets the cookie. */
export function handToken(
  reply: FastifyReply,
  settings: Settings,
  session: { token: string; kind: SessionKind },
): { token?: string } {
  if (session.kind === 'commandLine') return { token: session.token };
  void reply.setCookie(sessionCookieName(settings), session.token, {
    ...cookieOptions(settings),
    maxAge: SESSION_ABSOLUTE_MS / 1000,
  });
  return {};
}

/** Takes the cookie away. */
export function dropToken(reply: FastifyReply, settings: Settings): void {
  void reply.clearCookie(sessionCookieName(settings), cookieOptions(settings));
}

function cookieOptions(settings: Settings) {
  return { path: '/', httpOnly: true, sameSite: 'lax', secure: settings.publicUrl.startsWith('https:') } as const;
}

/** The kind of session that a request asks for. */
export function kindOf(bearer: boolean | undefined): SessionKind {
  return bearer === true ? 'commandLine' : 'browser';
}
