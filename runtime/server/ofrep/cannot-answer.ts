import { RequestError } from '../route.ts';
import { faultBody } from './fault.ts';

/** What a client is told when a customer cannot be read; why, is for whoever runs the server, as the cause. */
export function cannotAnswer(cause: unknown, key?: string): RequestError {
  const details = 'the values cannot be read at present';
  const error = new RequestError(500, 'GENERAL', details, faultBody({ errorCode: 'GENERAL', details }, key));
  error.cause = cause;
  return error;
}
