#!/usr/bin/env node
import { once } from 'node:events';
import { runCommand } from './run-command.ts';

// Who reads the output may stop early (`| head`); that is not a failure.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    process.exit(error.code === 'EPIPE' ? process.exitCode : 2);
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
