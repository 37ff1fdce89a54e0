import * as validators from '../../schemas/generated/validators.ts';
import type { KindName } from '../../schemas/kinds.ts';

const shapeTests: Readonly<Record<KindName, (data: unknown) => boolean>> = validators;

/** Whether a file has the shape of its kind, for any catalogue. `explainShape` says what is wrong where it has not. */
export const hasShape = (kind: KindName, data: unknown): boolean => shapeTests[kind](data);
