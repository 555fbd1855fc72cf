/** What a command on this machine tells a person, without a stack. */
import { DirectoryLocked } from '../platform/directory-lock.ts';
import { DoorRefusal } from '../platform/door.ts';
import { SettingsError } from '../platform/settings.ts';
import { startSentence } from '../platform/start-problem.ts';

/** Something that whoever typed the command can mend. */
export class Complaint extends Error {
  override name = 'Complaint';
}

const KINDS = [Complaint, DirectoryLocked, DoorRefusal, SettingsError];

/** Runs a command; a failure ends it with exit code 1 and a sentence. */
export async function runCommand(run: () => Promise<void>): Promise<void> {
  await run().catch((cause: unknown) => {
    const isForPeople = cause instanceof Error && KINDS.some((kind) => cause instanceof kind);
    process.stderr.write(`${isForPeople ? cause.message : startSentence(cause, process.env)}\n`);
    process.exitCode = 1;
  });
}
