import type { Refused } from '../../openfeature/evaluate.ts';

/** Why there is no value, in the words of OpenFeature; `details` is for people. */
export interface Fault {
  errorCode: 'PARSE_ERROR' | 'TARGETING_KEY_MISSING' | 'INVALID_CONTEXT' | 'FLAG_NOT_FOUND' | 'GENERAL';
  details: string;
}

export const unknownFlag: Fault = { errorCode: 'FLAG_NOT_FOUND', details: 'no setting has this key' };

/** What an evaluation refuses, as it is answered over HTTP. */
export const faultOf = ({ error, message }: Refused): Fault => ({ errorCode: error, details: message });

export const isFault = (value: object | undefined): value is Fault => value !== undefined && 'errorCode' in value;

/** The body of a fault; `key` where one flag was asked for, since clients do not read an error without it. */
export const faultBody = ({ errorCode, details }: Fault, key?: string): Readonly<Record<string, unknown>> => ({
  ...(key !== undefined && { key }),
  errorCode,
  errorDetails: details,
});
