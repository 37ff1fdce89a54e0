import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { objectsOnDisk } from '../../../engine/io/objects-on-disk.ts';
import type { Model } from '../../../engine/model.ts';
import { compileRelease } from '../../../engine/publish/compile-release.ts';
import type { Snapshot } from '../../../runtime/snapshot/release.ts';

/** A model as the objects of a release, kept as `publish` keeps them. */
export const releaseOf = (model: Model): Snapshot =>
  compileRelease(model, objectsOnDisk(join(tmpdir(), 'proviso-bench'))).snapshot;
