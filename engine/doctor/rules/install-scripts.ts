import { allJobs, isPrivileged, stepsOf } from '../job-facts.ts';
import type { DoctorRule } from '../rule.ts';

const INSTALL =
  /\b(?:npm(?:[ \t]+-{1,2}\w[\w-]*(?:=[^\s;&|]*)?)*[ \t]+(?:ci|clean-install|install|i|add|install-test|it|cit)|pnpm(?:[ \t]+-{1,2}\w[\w-]*)*[ \t]+(?:install|i|add)|yarn(?:[ \t]+(?:install|add))?(?=[ \t]*(?:$|[;&|\n]|--))|bun[ \t]+(?:install|i|add))(?![\w-])[^\n;&|]*/g;

const isForbidden = (command: string): boolean =>
  /--ignore-scripts(?:=true|[ \t]+true)?(?![\w=-])|--mode[= ]skip-build/.test(command);

export const installScripts: DoctorRule = {
  name: 'install-scripts',
  severity: 'error',
  fix: 'write `npm ci --ignore-scripts`, and build what is needed by name',
  why: 'any package of any depth may run a script while it is installed, with the rights of this job',
  *find(setup) {
    const isOff = [...setup.files].some(
      ([path, { bytes }]) =>
        path === '.npmrc' && /^\s*ignore-scripts\s*=\s*true\s*$/m.test(new TextDecoder().decode(bytes)),
    );
    for (const job of allJobs(setup)) {
      if (!isPrivileged(job)) continue;
      for (const step of stepsOf(job, setup)) {
        const script = step.run.replace(/\\\r?\n/g, ' ').replace(/(^|\s)#.*$/gm, '');
        for (const [command] of script.matchAll(INSTALL)) {
          const at = step.document.find([...step.pointer, 'run'], command.trim());
          if (!isOff && !isForbidden(command))
            yield { message: `${command.trim()} runs scripts of packages in a job with rights`, at };
          else if (/^npm\b.*\s(install|i|add)(\s|$)/.test(command))
            yield {
              message: `${command.trim()} may take other versions than the lock file names`,
              at,
              severity: 'warning',
              fix: 'write `npm ci --ignore-scripts`',
            };
        }
      }
    }
  },
};
