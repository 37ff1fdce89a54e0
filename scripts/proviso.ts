#!/usr/bin/env node
import { once } from 'node:events';
import { writeSync } from 'node:fs';
import { runCommand } from './run-command.ts';

// Who reads the output may stop early (`| head`); that is not a failure.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', ({ code, message }: NodeJS.ErrnoException) => {
    if (code === 'EPIPE') process.exit();
    if (stream === process.stdout)
      writeSync(process.stderr.fd, `proviso: what it printed could not be written: ${message}\n`);
    process.exit(2);
  });

process.exitCode = await runCommand(process.argv.slice(2), {
  folder: process.cwd(),
  variables: process.env,
  now: Date.now,
  stdout: process.stdout,
  stderr: process.stderr,
  // Once each: whoever asks again does not want to wait.
  untilStopped: async () => void (await Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')])),
  // What is written to a pipe or a file asks nobody, and leaves the standard input alone.
  ...(process.stdout.isTTY && { terminal: { input: process.stdin, output: process.stdout } }),
});
