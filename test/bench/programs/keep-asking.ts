import { connect, type Socket } from 'node:net';

/** A request, as it is written to the connection. */
export type Question = Buffer;

export interface Asker {
  /** Asks what `next` gives, over all connections at once, until it gives nothing. @throws Error for another status than that */
  ask(status: number, next: () => Question | undefined): Promise<void>;
  close(): void;
}

/**
 * Keeps connections to a server open and asks over them. Node's own client takes longer to ask than a server takes to answer:
 * a server that waits for questions is not measured under load.
 */
export async function keepAsking(url: string, connections: number): Promise<Asker> {
  const { hostname, port } = new URL(url);
  const lines = await Promise.all(Array.from({ length: connections }, () => openLine(hostname, Number(port))));
  return {
    async ask(status, next) {
      const head = `HTTP/1.1 ${status} `;
      await Promise.all(
        lines.map(
          (line) =>
            new Promise<void>((resolve, reject) => {
              line.socket.once('close', () => reject(new Error(`${url} closed a connection`)));
              const again = (): void => {
                const question = next();
                if (!question) resolve();
                else
                  line(question, (answer) => {
                    if (answer.startsWith(head)) again();
                    else reject(new Error(`${url} answered ${answer.slice(0, 200)} in place of ${status}`));
                  });
              };
              again();
            }),
        ),
      );
    },
    close: () => {
      for (const line of lines) line.socket.destroy();
    },
  };
}

type Line = ((question: Question, answered: (text: string) => void) => void) & { socket: Socket };

function openLine(host: string, port: number): Promise<Line> {
  return new Promise((resolve, reject) => {
    let answered: (text: string) => void = () => {};
    let begun = '';
    const take = (bytes: number, buffer: Uint8Array): boolean => {
      begun += (buffer as Buffer).toString('latin1', 0, bytes);
      const body = begun.indexOf('\r\n\r\n') + 4;
      if (body < 4) return true;
      const said = /\r\ncontent-length: (\d+)/i.exec(begun)?.[1] ?? '0';
      if (begun.length < body + Number(said)) return true;
      const text = begun;
      begun = '';
      answered(text);
      return true;
    };
    const onread = { buffer: Buffer.alloc(65_536), callback: take };
    const socket = connect({ host, port, onread, noDelay: true }, () => resolve(line));
    socket.once('error', reject);
    const line: Line = Object.assign(
      (question: Question, then: (text: string) => void): void => {
        answered = then;
        socket.write(question);
      },
      { socket },
    );
  });
}
