import type { Model } from '../../../engine/model.ts';
import { compileRelease } from '../../../engine/publish/compile-release.ts';
import type { Snapshot } from '../../../runtime/snapshot/release.ts';

/** A model as the objects of a release. */
export const releaseOf = (model: Model): Snapshot => compileRelease(model).snapshot;
