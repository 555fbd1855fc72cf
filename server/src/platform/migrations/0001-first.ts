/**
 * The first tables. Written so that a lawyer can read them: what is kept of a person is what stands here.
 * The class of every column (public, private, secret, derived, ops) stands in ../column-classes.ts.
 */
import { sql, type Kysely } from 'kysely';

const TABLES = [
  // Accounts. No e-mail, phone, birth date, address or device is asked for or kept. Age is a band.
  // `leaves_at`: the person asked to leave; erased then, can come back before.
  // `active_days`: on how many different UTC days the account was used; with the last of them it decides which public weight its
  // blind tickets have. Which days they were is not kept.
  `create table accounts (
    id uuid primary key, handle text not null, name text not null, bio text not null, links jsonb not null,
    avatar_file_id text, is_private boolean not null, age_band text not null,
    follower_count integer not null default 0, following_count integer not null default 0,
    post_count integer not null default 0, like_count bigint not null default 0,
    created_at timestamptz not null, leaves_at timestamptz, active_days integer not null default 0, last_active_day date)`,
  `create index accounts_by_weight on accounts (last_active_day, active_days)`,
  `create index accounts_by_handle on accounts (handle text_pattern_ops)`,
  // Every handle in use or kept for its last holder (30 days after a change, so that links do not turn to strangers).
  `create table handles (handle text primary key, account_id uuid not null, is_current boolean not null, released_at timestamptz)`,
  `create table account_roles (account_id uuid not null, role text not null, granted_at timestamptz not null, primary key (account_id, role))`,
  // Ways to sign in. Passwords only as argon2id; recovery codes only as hashes.
  `create table passwords (account_id uuid primary key, hash text not null, changed_at timestamptz not null)`,
  `create table passkeys (account_id uuid not null, credential_id text not null, public_key bytea not null, counter bigint not null,
    transports jsonb not null, created_at timestamptz not null, last_used_day date, primary key (account_id, credential_id))`,
  `create index passkeys_by_credential on passkeys (credential_id)`,
  `create table recovery_codes (account_id uuid not null, code_hash text not null, used_at timestamptz, primary key (account_id, code_hash))`,
  // Sessions. The token only as a hash; neither address nor browser is kept, the last use only as a day.
  `create table sessions (account_id uuid not null, id uuid not null, token_hash text not null, kind text not null, created_at timestamptz not null,
    last_used_day date not null, expires_at timestamptz not null, stepped_up_at timestamptz, primary key (account_id, id))`,
  `create unique index sessions_by_token on sessions (token_hash)`,
  // Passkey ceremonies under way (five minutes).
  `create table challenges (id uuid primary key, challenge text not null, purpose text not null, account_id uuid, intent jsonb not null, expires_at timestamptz not null)`,
  `create table invites (code_hash text primary key, created_at timestamptz not null, expires_at timestamptz not null, used_by uuid, used_at timestamptz)`,
  // Who follows, asks to follow, blocks and mutes whom.
  `create table follows (follower_id uuid not null, followee_id uuid not null, created_at timestamptz not null, primary key (follower_id, followee_id))`,
  `create index follows_by_followee on follows (followee_id, created_at)`,
  `create table follow_requests (account_id uuid not null, requester_id uuid not null, created_at timestamptz not null, primary key (account_id, requester_id))`,
  `create table blocks (blocker_id uuid not null, blocked_id uuid not null, created_at timestamptz not null, primary key (blocker_id, blocked_id))`,
  `create index blocks_by_blocked on blocks (blocked_id)`,
  `create table mutes (muter_id uuid not null, muted_id uuid not null, created_at timestamptz not null, primary key (muter_id, muted_id))`,

  // The region's one public log. Index 0, 1, 2 … without gaps, taken inside the writer's transaction; the minute is UTC.
  `create table ledger_entries (index bigint primary key, entry text not null, minute timestamptz not null)`,
  // Restrictions in force or lifted. A restriction without ledger entry cannot exist.
  `create table restrictions (id uuid primary key, subject_kind text not null, subject_id uuid not null, what text not null, ground text not null,
    scope text not null, ledger_index bigint not null, made_at timestamptz not null, lifted_at timestamptz, lifted_ledger_index bigint)`,
  `create index restrictions_by_subject on restrictions (subject_id)`,

  // Bytes being received. `reserved_bytes` counts in the quota until the upload ends.
  `create table uploads (account_id uuid not null, id uuid primary key, file_name text not null, size_bytes bigint not null, offset_bytes bigint not null,
    sha256 text, idempotency_key text, state text not null, problem_code text, problem_detail text, is_editing boolean not null,
    created_at timestamptz not null, expires_at timestamptz not null, finished_at timestamptz)`,
  `create unique index uploads_by_key on uploads (account_id, idempotency_key)`,
  `create table quotas (account_id uuid primary key, held_bytes bigint not null default 0, reserved_bytes bigint not null default 0)`,
  // Received files as they came: private, never played, deleted with their last post. Looked up by hash only within the account.
  `create table sources (account_id uuid not null, id uuid primary key, upload_id uuid not null unique, store_key text not null, size_bytes bigint not null,
    sha256 text not null, created_at timestamptz not null)`,
  // A video (it has the id of its upload): what probing found and how far encoding has come. `rungs` is the progress that the author sees;
  // `is_waiting`: the studio still edits, so nothing is encoded yet; `is_public`: at which address its files are served; `is_muted`: a claim
  // of rights silences it, so only copies without sound are served; `is_withdrawn`: its post is deleted. In the state `sound` it turned out to have no pictures. `kind`: video, or
  // photos to swipe through. What is put together of several uploads has an id and no source of its own.
  `create table videos (account_id uuid not null, id uuid primary key, source_id uuid unique, kind text not null default 'video', state text not null, is_waiting boolean not null,
    is_public boolean not null default false, is_muted boolean not null default false, is_withdrawn boolean not null default false, probe jsonb, problem_code text, problem_detail text,
    duration_ms integer, width_px integer, height_px integer, has_audio boolean, cover_ms integer,
    poster_file_id text, poster_avif_file_id text, poster_placeholder text, poster_is_bright boolean,
    storyboard_file_id text, storyboard_frames integer, storyboard_width_px integer, storyboard_height_px integer, hls_file_id text,
    rungs jsonb not null default '[]', created_at timestamptz not null, playable_at timestamptz, complete_at timestamptz)`,
  // The photos of a `videos` row of that kind, in their order, each with its source; and the copies of each that are served.
  `create table photos (video_id uuid not null, position integer not null, source_id uuid not null, alt_text text not null, width_px integer, height_px integer,
    placeholder text, primary key (video_id, position))`,
  `create table photo_files (video_id uuid not null, position integer not null, place integer not null, file_id text not null, width_px integer not null, mime text not null,
    primary key (video_id, position, place))`,
  // Files that are served: named by 128 random bits, so that a name gives nothing away. `is_public` decides the address they are served at.
  `create table media_files (id text primary key, account_id uuid not null, video_id uuid, sound_id uuid, kind text not null, store_key text not null, mime text not null,
    size_bytes bigint not null, sha256 text not null, is_public boolean not null, created_at timestamptz not null, withdrawn_at timestamptz)`,
  `create index media_files_by_video on media_files (video_id)`,
  `create index media_files_by_sound on media_files (sound_id)`,
  `create table renditions (video_id uuid not null, id uuid not null, file_id text not null, height_px integer not null, width_px integer not null, codec text not null,
    bitrate_bps integer not null, size_bytes bigint not null, head_bytes integer not null, fragments jsonb not null, is_silent boolean not null default false,
    created_at timestamptz not null, primary key (video_id, id), unique (video_id, height_px, codec, is_silent))`,

  // Sounds: of the region's library (then without account), of a post (`post_id`, `video_id`), or uploaded alone (with the upload's id).
  // `is_public`: others may hear it; `same_as_id`: another sound that holds the same recording, offered for credit.
  `create table sounds (id uuid primary key, account_id uuid, origin text not null, state text not null, title text not null, artist text not null, licence text,
    credit_line text not null, allow_use boolean not null, is_public boolean not null, video_id uuid, post_id uuid, made_from_id uuid,
    same_as_id uuid, file_id text, cover_file_id text, duration_ms integer, loudness_lufs double precision, tempo_bpm double precision, first_beat_ms integer,
    waveform jsonb not null default '[]', problem_code text, problem_detail text, created_at timestamptz not null)`,
  `create index sounds_by_account on sounds (account_id, created_at)`,
  `create index sounds_by_post on sounds (post_id)`,
  `create index sounds_by_video on sounds (video_id)`,
  `create index sounds_by_time on sounds (created_at, id) where state = 'ready' and is_public`,
  // The chain of credits of every sound: what it was made from, nearest first; itself at distance 0.
  `create table sound_credits (sound_id uuid not null, of_sound_id uuid not null, distance integer not null, primary key (sound_id, of_sound_id))`,
  `create index sound_credits_by_source on sound_credits (of_sound_id)`,
  `create table sound_saves (account_id uuid not null, sound_id uuid not null, created_at timestamptz not null, primary key (account_id, sound_id))`,
  `create index sound_saves_by_sound on sound_saves (sound_id)`,
  // Fingerprints (chromaprint): by them the same recording is found again. A sample of its words is the index.
  `create table sound_prints (sound_id uuid primary key, print bytea not null)`,
  `create table sound_print_words (word integer not null, sound_id uuid not null, primary key (word, sound_id))`,
  `create index sound_print_words_by_sound on sound_print_words (sound_id)`,

  // Posts. The counters are raised in the transaction of the event they count. `public_number` is given at publication. `sound_id`: the sound
  // that its card names: one used as it is, or its own; under photos it plays from `sound_offset_ms`. `publish_at`: the author chose a time.
  // `parent_*`: the post that this duet or stitch was made from.
  `create table posts (account_id uuid not null, id uuid primary key, video_id uuid not null unique, idempotency_key text, text text not null, audience text not null,
    allow_comments boolean not null, allow_duet boolean not null, allow_stitch boolean not null, allow_save boolean not null, allow_embed boolean not null,
    allow_recommend boolean not null, labels jsonb not null, alt_text text not null, language text, cover_ms integer, sound_id uuid, sound_offset_ms integer not null default 0,
    sound_gain double precision not null default 1, parent_kind text, parent_post_id uuid, publish_at timestamptz, state text not null, public_number bigint,
    created_at timestamptz not null, published_at timestamptz, edited_at timestamptz, deleted_at timestamptz,
    like_count integer not null default 0, comment_count integer not null default 0, repost_count integer not null default 0, save_count integer not null default 0,
    view_count integer)`,
  `create unique index posts_by_key on posts (account_id, idempotency_key)`,
  `create index posts_by_account on posts (account_id, published_at)`,
  `create index posts_by_sound on posts (sound_id, published_at) where sound_id is not null`,
  `create index posts_by_parent on posts (parent_post_id) where parent_post_id is not null`,
  `create index posts_public on posts (published_at, id) where state = 'published' and audience = 'everyone'`,
  `create unique index posts_by_number on posts (public_number)`,
  `create table post_tags (tag text not null, post_id uuid not null, published_at timestamptz, primary key (tag, post_id))`,
  `create index post_tags_by_post on post_tags (post_id)`,
  `create table post_mentions (post_id uuid not null, account_id uuid not null, primary key (post_id, account_id))`,
  `create table caption_tracks (post_id uuid not null, language text not null, label text not null, file_id text not null, created_at timestamptz not null, primary key (post_id, language))`,

  // What a post was put together from, for those that are: the edit, kept for later copies (null: the one upload whole, with its sound), and
  // the uploads, which are kept while the post lives. `begun_at`: all of them were there and rendering was asked for.
  `create table post_edits (account_id uuid not null, post_id uuid primary key, draft_id uuid, edit jsonb, begun_at timestamptz)`,
  `create table post_uploads (account_id uuid not null, post_id uuid not null, upload_id uuid not null, primary key (account_id, post_id, upload_id))`,
  `create index post_uploads_by_upload on post_uploads (upload_id)`,
  // What the text of a post said before it was changed, and since when: anyone who sees the post may read it.
  `create table post_texts (post_id uuid not null, said_at timestamptz not null, text text not null, primary key (post_id, said_at))`,

  // Drafts: what somebody makes and has not posted yet. `version` rises with each save; `post_id`: a post is being made of it, and when
  // that is published the draft ends. `deleted_at`: can be taken back for ten minutes.
  `create table drafts (account_id uuid not null, id uuid primary key, version integer not null, idempotency_key text, title text not null, edit jsonb,
    words jsonb not null, post_id uuid, created_at timestamptz not null, updated_at timestamptz not null, deleted_at timestamptz)`,
  `create index drafts_by_account on drafts (account_id, updated_at)`,
  `create unique index drafts_by_key on drafts (account_id, idempotency_key)`,
  // The uploads that a draft names: they are kept while it lives, and a week after it dropped them.
  `create table draft_uploads (account_id uuid not null, draft_id uuid not null, upload_id uuid not null, dropped_at timestamptz,
    primary key (account_id, draft_id, upload_id))`,
  `create index draft_uploads_by_upload on draft_uploads (upload_id)`,

  // What people did with posts. A like, save or repost is a row; taking it back deletes the row.
  `create table likes (account_id uuid not null, post_id uuid not null, created_at timestamptz not null, primary key (account_id, post_id))`,
  `create index likes_by_post on likes (post_id, created_at)`,
  `create index likes_by_time on likes (created_at, post_id)`,
  `create table saves (account_id uuid not null, post_id uuid not null, created_at timestamptz not null, primary key (account_id, post_id))`,
  `create index saves_by_post on saves (post_id)`,
  `create table reposts (account_id uuid not null, post_id uuid not null, created_at timestamptz not null, primary key (account_id, post_id))`,
  `create index reposts_by_post on reposts (post_id)`,
  `create table comments (post_id uuid not null, id uuid primary key, account_id uuid not null, parent_id uuid, idempotency_key text, text text not null,
    like_count integer not null default 0, reply_count integer not null default 0, is_pinned boolean not null default false, created_at timestamptz not null, deleted_at timestamptz, deleted_by text)`,
  `create index comments_by_post on comments (post_id, created_at)`,
  `create index comments_by_parent on comments (parent_id, created_at)`,
  `create unique index comments_by_key on comments (account_id, idempotency_key)`,
  `create table comment_likes (account_id uuid not null, comment_id uuid not null, created_at timestamptz not null, primary key (account_id, comment_id))`,
  `create index comment_likes_by_comment on comment_likes (comment_id)`,

  // Blind one-time tickets for watch reports. One key pair a UTC day and weight; the public half also stands in the ledger. Eight days.
  `create table ticket_keys (day date not null, weight_millis integer not null, public_key bytea not null, secret_key bytea not null,
    ledger_index bigint, primary key (day, weight_millis))`,
  // How many tickets an account drew on the last day it drew any, and the day before that. What they are used for cannot be known from it.
  `create table ticket_draws (account_id uuid primary key, day date not null, drawn integer not null, previous_day date)`,
  // Tickets that were used, as hashes: nobody can tell who drew them. \`body_hash\` contains the ticket itself, so that it says nothing of the post.
  `create table spent_tickets (ticket_hash text primary key, key_day date not null, body_hash text not null)`,
  `create index spent_tickets_by_day on spent_tickets (key_day)`,
  // Watch reports that wait, at most a minute, to be shuffled into the log: of nobody, without id or time. Three posts: a chunk.
  `create table pending_reports (post bigint not null, second_post bigint, third_post bigint, outcome_bucket smallint, loops smallint, is_skip boolean,
    weight_millis integer not null)`,
  // The log of reports, 30 days: rows of nobody, without an id, with the minute of their batch. It is what the public shelves learn from.
  `create table report_batches (minute timestamptz primary key, singles integer not null, chunks integer not null)`,
  `create table watch_singles (minute timestamptz not null, post bigint not null, outcome_bucket smallint not null, loops smallint not null, is_skip boolean not null,
    weight_millis integer not null)`,
  `create index watch_singles_by_minute on watch_singles (minute)`,
  `create table watch_chunks (minute timestamptz not null, first_post bigint not null, second_post bigint not null, third_post bigint not null, weight_millis integer not null)`,
  `create index watch_chunks_by_minute on watch_chunks (minute)`,
  // What was reported of a post in all, by its public number; and how far it was watched, in tenths.
  `create table post_reports (post bigint primary key, impressions integer not null, views integer not null, skips integer not null, loops bigint not null,
    published_views integer)`,
  `create table post_outcomes (post bigint not null, outcome_bucket smallint not null, count integer not null, primary key (post, outcome_bucket))`,
  // Against bots: reports of a post seen and let into the log, by the weight of their tickets and the hour, for two hours.
  `create table report_windows (post bigint not null, weight_millis integer not null, window_start timestamptz not null, seen integer not null,
    accepted integer not null, primary key (post, weight_millis, window_start))`,

  // Epochs of the public shelves: each names its heads' file by hash; `note` is the signed checkpoint over the epoch's files. Kept 30 days.
  `create table shelf_epochs (epoch bigint primary key, heads_hash text not null, root text not null, size integer not null, note text not null,
    made_at timestamptz not null, ledger_index bigint)`,
  // Files of epochs by their hash. `posts`: public numbers of the posts that stand in it; `block`: or the block of the book. `left_at`: no epoch names
  // it any more, its bytes go a day later; `withdrawn_at`: it held a post that was removed or erased, so its bytes are gone already.
  `create table shelf_files (hash text primary key, kind text not null, size_bytes integer not null, posts jsonb not null default '[]', block integer,
    made_at timestamptz not null, left_at timestamptz, withdrawn_at timestamptz)`,
  `create index shelf_files_left on shelf_files (left_at) where left_at is not null`,
  `create index shelf_files_withdrawn on shelf_files (withdrawn_at) where withdrawn_at is not null`,
  // Posts and accounts of which something changed that shelves depend on, until the learner has taken it in.
  `create table shelf_changes (subject_id uuid primary key, kind text not null, public_number bigint, noted_at timestamptz not null)`,
  // The secret of each UTC day's lotteries. Its hash is published the day before, itself on its day.
  `create table shelf_seeds (day date primary key, secret bytea not null, promised_in bigint)`,

  // What authors are shown of watching, by the day it was published: from 20 watches on and in steps of 5. Nothing finer is kept here.
  `create table post_figures (post bigint not null, day date not null, views integer, retention jsonb not null, primary key (post, day))`,
  // On which public shelf a post stood from when to when; ended stays 30 days. And the file of each shelf that was last looked at.
  `create table post_stands (post bigint not null, shelf text not null, since_at timestamptz not null, until_at timestamptz, primary key (post, shelf, since_at))`,
  `create index post_stands_open on post_stands (shelf) where until_at is null`,
  `create table stand_files (shelf text primary key, hash text not null)`,

  // Algorithms that people made: their weights under their hash, public, with their author. They go with their author's account.
  `create table algorithms (hash text primary key, account_id uuid not null, name text not null, about text not null, weights jsonb not null,
    created_at timestamptz not null)`,
  `create index algorithms_by_account on algorithms (account_id)`,
  `create index algorithms_by_time on algorithms (created_at, hash)`,
  // What own devices share: sealed on the device, under the hash of a key that only the devices have. Whose it is nobody here knows.
  // Gone 180 days after the day it was last read or written.
  `create table sealed_tastes (address text primary key, sealed bytea not null, day date not null)`,

  // What an account is told. Kept 90 days.
  `create table notifications (account_id uuid not null, id uuid not null, kind text not null, actor_id uuid, post_id uuid, comment_id uuid, body jsonb not null,
    created_at timestamptz not null, read_at timestamptz, primary key (account_id, id))`,
  // Complaints of people, with an account or without; and what the operator decided.
  `create table complaints (id uuid primary key, subject_kind text not null, subject_id uuid not null, reason text not null, text text not null, complainant_id uuid,
    created_at timestamptz not null, decided_at timestamptz, decision text)`,
  `create index complaints_open on complaints (created_at) where decided_at is null`,

  // Work to do. A job is taken with a lease and a fencing number; an older holder's result is refused.
  `create table jobs (id uuid primary key, kind text not null, subject_id uuid not null, account_id uuid, body jsonb not null, priority integer not null, state text not null,
    run_at timestamptz not null, attempts integer not null default 0, fence bigint not null default 0, lease_until timestamptz, holder text, problem text, created_at timestamptz not null, ended_at timestamptz)`,
  `create unique index jobs_once on jobs (kind, subject_id) where state in ('waiting', 'running')`,
  `create index jobs_waiting on jobs (priority, run_at) where state in ('waiting', 'running')`,
  // Events for later folders, written in the transaction of their cause. `writer_key` is the row that wrote it.
  `create table outbox (id uuid primary key, writer_key uuid not null, kind text not null, body jsonb not null, created_at timestamptz not null, acknowledged_at timestamptz,
    attempts integer not null default 0, next_at timestamptz, problem text)`,
  `create index outbox_open on outbox (created_at) where acknowledged_at is null`,
  // Counters against abuse: an account, or an address cut to /24 or /48, kept at most 24 hours.
  `create table rate_counters (key text not null, window_start timestamptz not null, count integer not null, primary key (key, window_start))`,
  // The one counter of public post numbers, the region's facts, and named leases (one holder at a time).
  `create table counters (name text primary key, value bigint not null)`,
  `create table region_facts (name text primary key, value jsonb not null)`,
  `create table locks (name text primary key, holder text not null, lease_until timestamptz not null)`,
];

/** Creates the tables above. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of TABLES) await sql.raw(statement).execute(db);
  await sql`insert into counters (name, value) values ('post_number', 0)`.execute(db);
}
