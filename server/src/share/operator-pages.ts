/** Terms, imprint and privacy: the operator's own text from DATA_DIR/pages, or one made from what this server really does. */
import { LEAVE_GRACE_DAYS, UNDELETE_MINUTES } from '@vitrine/schema';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { App } from '../platform/http.ts';
import { keptColumns } from './kept-columns.ts';
import type { Settings } from '../platform/settings.ts';
import { pagePolicy, renderDocument } from './document.ts';
import { renderMarkdown } from './markdown.ts';
import { plain } from './plain-pages.ts';

const PAGES = { terms: 'Terms', imprint: 'Imprint', privacy: 'Privacy' } as const;
type PageName = keyof typeof PAGES;
const NOTIFICATION_DAYS = 90;
const WITHOUT_SANDBOX = `

## A warning
Anyone can sign up here, and uploaded files are opened without a sandbox around them. Should one be made to break the decoder, its maker could read what this server holds. The operator was told and chose to run it so.`;

/** What these pages are made from. */
export interface OperatorPageGrounds {
  settings: Settings;
  /** Strangers may upload although no sandbox works here. */
  isOpenWithoutSandbox: boolean;
}

/** Registers `/terms`, `/imprint` and `/privacy`. */
export function operatorPageRoutes(app: App, { settings, isOpenWithoutSandbox }: OperatorPageGrounds): void {
  const policy = pagePolicy(settings);
  // Not the operator's to leave out.
  const warning = isOpenWithoutSandbox ? WITHOUT_SANDBOX : '';
  for (const name of ['terms', 'imprint', 'privacy'] as const) {
    app.get(`/${name}`, { schema: { hide: true } }, async (_request, reply) => {
      const own = (await readOwn(settings, name)) ?? defaultText(settings, name);
      const text = name === 'privacy' ? own + warning : own;
      const page = renderDocument({
        title: `${PAGES[name]} · ${settings.regionName}`,
        description: `${PAGES[name]} of ${settings.regionName}.`,
        isIndexed: true,
        canonicalUrl: `${settings.publicUrl}/${name}`,
        body: plain(settings, renderMarkdown(text), { waits: false }),
      });
      reply.headers({ 'content-security-policy': policy, 'cache-control': 'public, max-age=300' });
      return reply.type('text/html; charset=utf-8').send(page);
    });
  }
}

async function readOwn(settings: Settings, name: PageName): Promise<string | undefined> {
  return readFile(join(settings.dataDir, 'pages', `${name}.md`), 'utf8').catch(() => undefined);
}

/** The text where the operator wrote none. */
function defaultText(settings: Settings, name: PageName): string {
  return { terms: terms, imprint: imprint, privacy: privacy }[name](settings);
}

function terms(settings: Settings): string {
  const gigabytes = Math.round(settings.maxUploadBytes / 1024 ** 3);
  return `# Terms

These are the rules of ${settings.regionName}. The operator may put their own in their place.

## What you may do
- Watch everything public without an account.
- Publish videos that are yours to publish: up to ${Math.round(settings.maxDurationMs / 60_000)} minutes and ${gigabytes} GiB each.
- Take back what you published at any time. What is deleted can be restored for ${UNDELETE_MINUTES} minutes, then it is gone.
- Leave. Your account is hidden at once and erased after ${LEAVE_GRACE_DAYS} days.

## What is not taken
Spam, scams, impersonation, harassment, hate, threats, violence for its own sake, nudity, anything that harms children, incitement to self-harm or to dangerous acts, trade in drugs or weapons, false information that endangers people, other people's private data, other people's work without right, and advertising or synthetic video that does not say that it is.

## What happens then
Anyone can file a complaint at every post, comment and account. The operator decides. A decision names its ground, the person concerned is told, and it stands in the public log of this site, where it can be looked up by its number. What was removed can be restored.

## Your videos stay yours
You let this site store, encode and show what you publish to the audience that you chose, for as long as you publish it, and nothing beyond that.`;
}

function imprint(settings: Settings): string {
  return `# Imprint

The operator of ${settings.regionName} (${settings.publicUrl}) has not written an imprint yet.

Where the law asks for one, it belongs into the file \`pages/imprint.md\` in the server's data folder.`;
}

function privacy(settings: Settings): string {
  return `# Privacy

${settings.regionName} asks for a handle and a way to sign in. It asks for no e-mail address, no phone number and no birth date; of your age it keeps a band.

- No address of your connection and no description of your browser is stored with anything you do. Against abuse a shortened network address is counted for at most 24 hours.
- No page of this site asks another site for anything.
- No watch history is kept. Your browser reports watches later, at random times and without your account, so that they can be counted; Settings has a switch for it. That is hard to link to you, not anonymous: whoever serves a video sees that it is fetched.
- On how many days an account was used is kept as one number with the last of these days: it decides how much its reports weigh.
- Notifications are kept for ${NOTIFICATION_DAYS} days.
- An account that leaves is hidden at once and erased after ${LEAVE_GRACE_DAYS} days. A deleted post is erased after ${UNDELETE_MINUTES} minutes, with its video and its files.
- Every copy of a video that is served has lost its metadata, the place where it was taken too.

## What is kept
Everything that the server stores stands in this list. It is made from the same table that the server itself obeys.

${keptColumns()}`;
}
