/** A request that was answered. It names no customer, no value that was asked with, and no token. */
export interface RequestEntry {
  event: 'request';
  /** Milliseconds since 1970. */
  time: number;
  id: string;
  method: string;
  /** The pattern that matched; absent where none did. */
  route?: string | undefined;
  status: number;
  /** Milliseconds until the last byte was handed over. */
  ms: number;
  /** Of the body. */
  bytes: number;
  /** The name of the token. */
  token?: string | undefined;
}

/** Something that went wrong; a `fault` is a defect of the server, found again by the id its answer had. */
export interface TroubleEntry {
  event: 'trouble' | 'fault';
  time: number;
  id?: string;
  message: string;
  stack?: string | undefined;
}

/** Another thing worth knowing: that it listens, that it stops, that tokens were read again. */
export interface NoticeEntry {
  event: 'notice';
  time: number;
  message: string;
}

export type LogEntry = RequestEntry | TroubleEntry | NoticeEntry;
export type Log = (entry: LogEntry) => void;
