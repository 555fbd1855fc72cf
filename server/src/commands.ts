/** What commands on this machine may ask of a running server, through the door. */
import { adminRequestSchema, runAdmin } from './moderate/admin.ts';
import { copyDatabase } from './platform/copies.ts';
import type { OpenDatabase } from './platform/database.ts';
import type { DoorCommands } from './platform/door.ts';
import type { Grounds, Stores } from './stores.ts';

/** Every command by its name. */
export function doorCommands(stores: Stores, grounds: Grounds, database: OpenDatabase): DoorCommands {
  return {
    /** Copies the database now; answers with the path of the copy. */
    copy: () => copyDatabase(database, grounds.settings.dataDir, grounds.world.now()),
    /** `npm run admin`. */
    admin: (body) => runAdmin({ ...stores, settings: grounds.settings }, adminRequestSchema.parse(body)),
  };
}
