import type { Pointer } from '../../document.ts';
import type { Entry } from '../../model.ts';
import type { DataPlace } from '../check.ts';

/** A value in a file. */
export const placeIn = ({ document }: Pick<Entry<unknown>, 'document'>, ...pointer: Pointer): DataPlace => ({
  in: document,
  pointer,
});

/** A key in a file. */
export const keyIn = ({ document }: Pick<Entry<unknown>, 'document'>, ...pointer: Pointer): DataPlace => ({
  in: document,
  pointer,
  key: true,
});
