import type { Settings } from '../../schemas/setting.ts';
import type { Clock } from './clock.ts';
import type { Moments } from './keep-moments.ts';
import type { Found } from './open-release.ts';
import type { RememberedTime } from './remembered-time.ts';

const DAY = 86_400_000;

interface Timekeeping<S extends Settings, F extends Found> {
  clock: Clock;
  moments: Pick<Moments<S, F>, 'move'>;
  remembered: RememberedTime | undefined;
  onTrouble(error: unknown): void;
}

/** Lets days begin on their second, also after the machine slept or its clock was set, until it is stopped. */
export function keepTime<S extends Settings, F extends Found>({
  clock,
  moments,
  remembered,
  onTrouble,
}: Timekeeping<S, F>): () => void {
  let timer: NodeJS.Timeout | undefined;
  const tick = (): void => {
    moments.move();
    try {
      remembered?.reached(clock.now());
    } catch (error) {
      onTrouble(error);
    }
    timer = setTimeout(tick, Math.min(1_000, DAY - (clock.now() % DAY)));
    timer.unref();
  };
  tick();
  return () => clearTimeout(timer);
}
