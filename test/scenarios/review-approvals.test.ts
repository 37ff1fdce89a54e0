import { describe, expect, it } from 'vitest';
import { moreSeats } from '../github/company-on-github.ts';
import { dismissReview, editReview, makeCommit, pushDirectly, pushTo, review, tipOf } from '../github/fake/acts.ts';
import { findUser } from '../github/fake/host.ts';
import { checkOf, codeOf, invoice, kimOf, opened, reviewIt, seats } from '../github/opened-pull.ts';
import { tinyCompany } from './tiny-company.ts';

describe('an approval', () => {
  it('of what changed since does not count, and of the same effect on a new base does', async () => {
    const on = await opened(seats(60));
    review(on.fake, 1, kimOf(on), 'APPROVED');
    const sam = findUser(on.fake, 'sam');
    pushDirectly(on.fake, 'main', kimOf(on), { 'customers/other.yaml': 'name: Other\nplan: studio@1\n' });
    const again = makeCommit(on.fake, { parents: [tipOf(on.fake, 'main')], author: sam, files: seats(60) });
    pushTo(on.fake, 'change-1', again, sam);
    await reviewIt(on);
    expect(checkOf(on)?.[0]).toBe('success');
    pushTo(on.fake, 'change-1', makeCommit(on.fake, { parents: [again], author: sam, files: seats(70) }), sam);
    await reviewIt(on);
    expect(checkOf(on)?.[0]).toBe('action_required');
  });

  it('with its line is void where the base has changed what it does, also after a force-push of the same patch', async () => {
    const on = await opened(invoice);
    await reviewIt(on);
    review(on.fake, 1, findUser(on.fake, 'ola'), 'APPROVED', codeOf(on));
    await reviewIt(on);
    expect(checkOf(on)?.[0]).toBe('success');
    const plan = tinyCompany['plans/studio@1.yaml'].concat('standardTerms: { billing: { paymentTerms: net15 } }\n');
    pushDirectly(on.fake, 'main', kimOf(on), { 'plans/studio@1.yaml': plan });
    const sam = findUser(on.fake, 'sam');
    const again = makeCommit(on.fake, { parents: [tipOf(on.fake, 'main')], author: sam, files: invoice });
    pushTo(on.fake, 'change-1', again, sam);
    expect(on.pull.reviews.map(({ commit }) => commit)).toEqual([again]);
    await reviewIt(on);
    expect(checkOf(on)).toEqual(['action_required', 'needs approval of Finance']);
  });

  it('does not follow a force-push to a patch that differs in blanks only, which GitHub takes for the same', async () => {
    const before = moreSeats(60);
    const on = await opened({ 'customers/acme.yaml': before });
    review(on.fake, 1, kimOf(on), 'APPROVED');
    const sam = findUser(on.fake, 'sam');
    pushDirectly(on.fake, 'main', kimOf(on), { 'customers/other.yaml': 'name: Other\nplan: studio@1\n' });
    const words = before.replace('They pay for it.', 'They pay forit.');
    pushTo(
      on.fake,
      'change-1',
      makeCommit(on.fake, { parents: [tipOf(on.fake, 'main')], author: sam, files: { 'customers/acme.yaml': words } }),
      sam,
    );
    expect(on.pull.reviews[0]?.commit).toBe(on.pull.head);
    await reviewIt(on);
    expect(checkOf(on)?.[0]).toBe('action_required');
  });

  it('for money needs the line of the report, unedited', async () => {
    const on = await opened(invoice);
    await reviewIt(on);
    const ola = findUser(on.fake, 'ola');
    review(on.fake, 1, ola, 'APPROVED', 'Fine.');
    await reviewIt(on);
    expect(checkOf(on)).toEqual(['action_required', 'needs approval of Finance']);
    const given = review(on.fake, 1, ola, 'APPROVED', `Fine.\n\n${codeOf(on)}`);
    await reviewIt(on);
    expect(checkOf(on)).toEqual(['success', 'approved']);
    editReview(on.fake, given, `${codeOf(on)}\n`);
    await reviewIt(on);
    expect(checkOf(on)?.[0]).toBe('action_required');
  });

  it('does not count from whoever wrote it, and a dismissed one not at all', async () => {
    const on = await opened(seats(60), { message: 'Change\n\nCo-authored-by: Kim <kim@people.example>' });
    review(on.fake, 1, kimOf(on), 'APPROVED');
    dismissReview(review(on.fake, 1, findUser(on.fake, 'ola'), 'APPROVED'));
    await reviewIt(on);
    expect(checkOf(on)?.[0]).toBe('action_required');
  });
});
