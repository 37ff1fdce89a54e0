import { trial, year } from '../../../oracle/sample-days.ts';
import { prove } from './prove.ts';
import { all, asked, becomes, gone, kept } from './what-becomes.ts';

const [free, paid] = [becomes('starter@1'), becomes('studio@1')];
const one = { trials: [trial] };
const twice = { trials: [trial, { ...trial, plan: 'enterprise@1', starts: '2026-03-01', ends: '2026-03-10' }] };
const apart = { trials: [trial, { ...trial, starts: '2026-03-02', ends: '2026-03-10' }] };
const overLapsed = { contracts: [year], trials: [{ ...trial, starts: '2026-05-01', ends: '2026-05-10' }] };
const since = (starts: string) => ({ starts });
const inIt = since('2026-02-01');

prove('the end of a trial', [
  free(['a trial’s start is no event, nor is its end for the older', 'both are by rank'], one, asked(all), {
    '2026-02-01': 'active',
    '2026-03-01': 'active',
  }),
  free(
    ['the end of a trial that was the stage is a lapse for those that started in it', 'a downgrade'],
    one,
    asked({ onLapse: 'drop' }, inIt),
    { '2026-02-28': 'active', ...gone('2026-03-01') },
  ),
  free(['and only a lapse', 'by rank too'], one, asked({ ...all, onLapse: 'keep' }, inIt), kept('2026-03-01')),
  free(
    ['one that started the day before is older', 'it lapses'],
    one,
    asked(all, since('2026-01-31')),
    kept('2026-03-01'),
  ),
  free(['`block` drops: only time brings it', 'an error'], one, asked({ onLapse: 'block' }, inIt), gone('2026-03-01')),
  paid(
    ['one that became the stage midway: those that started in it before are in it', 'since it was the stage'],
    { ...one, amendments: [{ on: '2026-02-10', plan: 'starter@1' }] },
    asked({ onLapse: 'drop' }, since('2026-02-05')),
    { '2026-02-28': 'active', ...gone('2026-03-01') },
  ),
  free(
    ['a trial that starts the day after another’s end continues it', 'each ends by itself'],
    twice,
    asked({ onLapse: 'drop', onUpgrade: 'drop' }, since('2026-02-05')),
    { '2026-03-01': 'active', ...gone('2026-03-11') },
  ),
  free(['for the older too', 'its second plan is an upgrade'], twice, asked(all), {
    '2026-03-01': 'active',
    '2026-03-11': 'active',
  }),
  free(
    ['a day between two trials is an end', 'they are one'],
    apart,
    asked({ onLapse: 'drop' }, inIt),
    gone('2026-03-01'),
  ),
  free(
    ['no lapse where a contract starts the next day', 'a trial’s end is one'],
    { ...one, contracts: [{ ...year, starts: '2026-03-01' }] },
    asked({ onLapse: 'drop' }, since('2026-02-05')),
    kept('2026-03-01'),
  ),
  paid(
    ['the end of one that only adds is no event', 'a lapse'],
    one,
    asked({ onLapse: 'drop', onDowngrade: 'drop' }, since('2026-02-03')),
    kept('2026-03-01'),
  ),
]);

prove('a trial over `lapsed`', [
  paid(
    ['its end is a lapse for those that started since the lapse', 'for those that started in the trial'],
    overLapsed,
    asked({ onLapse: 'drop' }, since('2026-04-15')),
    { '2026-05-10': 'active', ...gone('2026-05-11') },
  ),
  paid(
    ['those older than the lapse lapsed with it', 'they are asked at the trial’s end'],
    overLapsed,
    asked({ onLapse: 'drop' }, since('2026-04-14')),
    gone('2026-04-15'),
  ),
  paid(
    ['older ones that were kept are not asked again', 'twice'],
    overLapsed,
    asked({ ...all, onLapse: 'keep' }, since('2026-04-14')),
    kept('2026-05-11'),
  ),
  paid(
    ['nor where the trial begins with the lapse', 'they compare the contract’s plan'],
    { contracts: [year], trials: [{ ...trial, starts: '2026-04-15', ends: '2026-05-10' }] },
    asked({ ...all, onLapse: 'keep' }, since('2026-02-10')),
    { '2026-04-15': 'active', '2026-05-11': 'active' },
  ),
  paid(
    ['the lapse under a trial is asked on its own day', 'the trial hides it'],
    { contracts: [year], trials: [{ ...trial, starts: '2026-04-15', ends: '2026-05-10' }] },
    asked({ onLapse: 'drop' }),
    gone('2026-04-15'),
  ),
]);

const signed = { ...one, contracts: [{ ...year, plan: 'studio@1', starts: '2026-02-20' }] };
const amended = { ...one, amendments: [{ on: '2026-02-20', plan: 'studio@1' }] };
const lapseOrUp = { onUpgrade: 'drop', onLapse: 'drop' } as const;

prove('a contract’s start, or an amendment to a paid base plan, under a trial', [
  free(
    ['older ones compare the plan before the trial with the plan after it', 'the trial’s plan'],
    signed,
    asked({ onUpgrade: 'drop' }),
    gone('2026-02-20'),
  ),
  free(
    ['those that started in it compare the trial’s plan with the next', 'the plan before it'],
    signed,
    asked({ onDowngrade: 'drop' }, since('2026-02-02')),
    gone('2026-02-20'),
  ),
  free(
    ['one that started with the trial started in it', 'it is older'],
    signed,
    asked({ onDowngrade: 'drop' }, inIt),
    gone('2026-02-20'),
  ),
  free(['without the lapse', 'the trial has ended'], signed, asked(lapseOrUp, since('2026-02-02')), {
    '2026-02-20': 'active',
    '2026-03-01': 'active',
  }),
  free(
    ['an amendment to a paid base plan does the same to the older', 'it is no event under a trial'],
    amended,
    asked({ onUpgrade: 'drop' }),
    gone('2026-02-20'),
  ),
  free(['and to those that started in it', 'it is a lapse'], amended, asked(lapseOrUp, since('2026-02-02')), {
    '2026-02-20': 'active',
    '2026-03-01': 'active',
  }),
  free(
    ['an amendment to another free plan is no event under it', 'older ones see the base plan'],
    { ...one, amendments: [{ on: '2026-02-20', plan: 'pilot@1' }] },
    asked({ ...all, onUpgrade: 'keep' }),
    kept('2026-02-20'),
  ),
  free(
    ['a contract the day after its end, too', 'only one that starts inside it'],
    { ...one, contracts: [{ ...year, plan: 'studio@1', starts: '2026-03-01' }] },
    asked({ onUpgrade: 'drop' }),
    gone('2026-03-01'),
  ),
]);

const owing = { statuses: [{ stage: 'suspended', since: '2026-01-20', until: '2026-02-25' }] };

prove('a lapse by status under a trial', [
  free(['is a lapse on its day, for all', 'the trial goes on'], { ...one, ...owing }, asked({ onLapse: 'drop' }), {
    '2026-02-18': 'active',
    ...gone('2026-02-19'),
  }),
  free(
    ['a return to the trial is for the older the plan before it', 'the trial’s plan is an upgrade'],
    { ...one, ...owing },
    asked({ ...all, onLapse: 'keep' }),
    kept('2026-02-26'),
  ),
  free(
    ['and for those that started in it the trial’s plan', 'no event'],
    { ...one, ...owing },
    asked({ onUpgrade: 'drop' }, since('2026-02-10')),
    gone('2026-02-26'),
  ),
]);
