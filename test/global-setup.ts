import { execFileSync } from 'node:child_process';

/** Commands are tested as they ship, so they are compiled before any test runs. */
export default function setup(): void {
  execFileSync('npm', ['run', '-s', 'build'], { stdio: 'inherit' });
}
