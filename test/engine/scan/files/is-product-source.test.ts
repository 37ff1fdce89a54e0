import { describe, expect, it } from 'vitest';
import { isProductSource } from '../../../../engine/scan/files/is-product-source.ts';
import type { NoSource } from '../../../../engine/scan/files/why-skipped.ts';
import { noPolicy } from '../../../../engine/scan/policy.ts';

const product = `
src/index.ts app.py main.go lib/pricing.js
src/latest/loader.ts contest/rules.py attestation/sign.go src/specials/offers.ts inspect/view.rb src/docs-api/terms.ts
src/docs/comment.ts src/examples/list.ts src/demo/book.ts src/spec/sheet.ts src/specs/sheet.ts app/docs/page.tsx
protests/march.ts src/testimonials/list.ts src/testament/will.py src/greatest.ts src/fastest.go src/manifest.ts
src/mocking/bird.ts src/fixtures-api/list.ts src/hammock/shop.ts src/vendors/list.ts src/vendor/portal.ts
services/vendor/main.go packages/vendor/index.ts app/models/vendor/terms.rb services/docs/index.ts services/coverage/quote.go
src/main/java/com/acme/test/Caps.java src/main/java/com/acme/LabTest.java src/main/kotlin/com/acme/tests/Limits.kt
src/main/java/com/acme/vendor/Vendor.java src/main/java/com/acme/docs/Docs.java app/src/main/java/mock/Offer.java
app/models/lab_test.rb app/models/ab_test.rb src/ab-test.ts src/abTest.ts src/split_test.py src/SpeedTest.tsx labs/blood-tests/panel.ts
src/latest.ts src/contest.py lib/attest.rb pkg/protest.go src/Contest.java src/Contest.cs src/Inspec.cs src/Greatest.php src/Credit.java
src/testing/connection.ts src/test.config-values.ts src/tester.py src/testable.go src/specification.rb
src/e2e/encrypt.ts src/third-party/stripe.ts src/build/queue.ts src/target/audience.ts src/out/box.ts src/dist/route.ts bin/run.rb
src/pods/list.go src/factories/account-factory.ts src/seeds/germinate.ts src/stubs/tickets.ts
src/i18n/index.ts src/locales/load.ts lang/php.json src/messages/send.ts src/messages/inbox.json src/languages/registry.ts src/lang/parser.js
src/translations/pick.py src/style/theme.ts styles/theme.ts src/mockup.ts src/stories/feed.ts
config/tenants.json config/features.yaml config/app.toml .env .env.production .env.example docker-compose.yml deploy/values-acme.yaml config/lock.json
src/generate.ts src/generator/index.ts src/regenerated-list.ts src/min.js src/admin.js src/block.ts src/schema.rb db/migrate/1_add.rb
src/global.json config/project.json src/components/button.tsx src/environment.ts src/env/seats.ts src/snapshot.ts src/snapshots/take.ts
src/types.d.ts src/PolicyIT_.kt src/edit.java src/EDIT.java src/AuditSpec.cs src/readme.ts packages/api/src/test-drive/route.ts scripts/backfill.sql
`;

const notProduct: Readonly<Record<Exclude<NoSource, 'excluded' | 'not a language'>, string>> = {
  test: `test/a.ts tests/a.py src/__tests__/a.ts src/tests/a.ts packages/api/test/a.rb Tests/Unit/A.php spec/models/a.rb spec/a.js
    packages/ui/spec/a.js e2e/login.ts apps/web/e2e/login.ts cypress/support/commands.ts playwright/login.ts benches/fold.rs bench/fold.ts
    src/a.test.ts src/a.spec.tsx src/a.cy.js src/a.e2e.ts src/a.e2e-spec.ts src/a.test-d.ts src/a_test.ts src/a-test.js src/aSpec.js src/a_spec.js
    internal/a_test.go internal/ab_test.go app/test_a.py app/a_test.py conftest.py app/conftest.py app/tests.py
    src/test/java/ATest.java src/test/kotlin/A.kt app/src/androidTest/java/A.java src/integrationTest/kotlin/A.kt src/jmh/java/A.java
    shared/src/commonTest/kotlin/A.kt src/ATest.java src/ATests.java src/TestA.java src/ATestCase.java src/TermsIT.java src/billingIT.kt src/ATests.cs src/ATest.cs
    Acme.Billing.Tests/A.cs src/Acme.UnitTests/A.cs Acme.Billing.IntegrationTests/A.cs
    app/a_spec.rb lib/a_test.rb spec_helper.rb test_helper.rb tests/a.rs src/tests.rs src/a_tests.rs src/ATest.php tests/Feature/A.php
    jest.setup.ts jest.config.js vitest.config.ts playwright.config.ts cypress.config.js src/setupTests.ts src/test-utils.tsx src/test-utils/render.tsx
    integration-tests/a.py unit_tests/a.py e2e-tests/a.ts features/step_definitions/a.rb src/__snapshots__/a.ts.snap .env.test k6/load.js`,
  fixture: `src/testFixtures/java/A.java src/fixtures/a.json fixtures/a.ts src/__fixtures__/a.ts internal/testdata/a.go app/fixtures/a.json database/factories/AFactory.php
    database/seeders/A.php db/seeds.rb db/seeds/a.rb prisma/seed.ts supabase/seed.sql src/db/seed.ts seed.sql src/a.fixture.ts src/a.fixtures.json test_data/a.py`,
  mock: 'src/mocks/handlers.ts src/__mocks__/a.ts mocks/a.go internal/store/mock_store.go src/a.mock.ts public/mockServiceWorker.js internal/fakes/a.go src/msw/handlers.ts',
  documentation: `README.md docs/conf.py doc/a.rb packages/api/docs/a.ts apps/docs/pages/a.tsx examples/a.go example/a.py samples/a.cs CHANGELOG.md src/a.mdx a.rst
    src/Button.stories.tsx .storybook/main.ts config/a.example.yml openapi.yaml api/swagger.json files/docs/CHANGELOG.md notes.txt LICENSE`,
  translation: `locales/en.json src/locales/de/common.json config/locales/en.yml resources/lang/en/nav.php lang/pt-BR.json src/i18n/en.ts src/i18n/messages/en-US.ts
    src/lang/fr.js messages/de.json public/locales/zh-Hant-TW/a.json src/translations/a.yaml app/messages_de.json src/messages.fr.json
    en.lproj/a.json res/values-de/a.json locale/de/LC_MESSAGES/django.po i18n/strings.json src/lang/english.php`,
  style: 'styles/site.css src/a.scss src/a.module.css a.less',
  vendored: `node_modules/a/index.js packages/a/node_modules/b/c.js vendor/github.com/a/b.go backend/vendor/a/b.php public/vendor/a.js app/assets/vendor/a.js
    third_party/a.py src/third_party/a.go bower_components/a.js Pods/A/a.swift .venv/lib/a.py venv/lib/a.py lib/python3/site-packages/a.py .yarn/releases/a.cjs`,
  generated: `public/a.min.js src/a.pb.go src/a_pb2.py src/a_pb2_grpc.py src/A.g.cs src/A.Designer.cs src/a.generated.ts src/a.gen.ts src/generated/a.ts
    src/__generated__/a.ts db/schema.rb db/structure.sql src/a_pb.js src/zz_generated.deepcopy.go wire_gen.go dist/a.js target/classes/a.json .next/server/a.js
    src/a_generated.go coverage/a.js Migrations/AppModelSnapshot.cs src/a_pb.d.ts`,
  'lock file': `package-lock.json pnpm-lock.yaml yarn.lock Cargo.lock composer.lock poetry.lock go.sum Gemfile.lock packages.lock.json packages/a/package-lock.json
    npm-shrinkwrap.json uv.lock bun.lockb`,
  tooling: `package.json packages/a/package.json tsconfig.json tsconfig.build.json composer.json Cargo.toml pyproject.toml .github/workflows/ci.yml .vscode/settings.json
    .circleci/config.yml .eslintrc.json biome.json turbo.json .pre-commit-config.yaml .gitlab-ci.yml pnpm-workspace.yaml vite.config.ts eslint.config.mjs setup.py renovate.json`,
};

const paths = (text: string): string[] => text.trim().split(/\s+/);

describe('product source is told by whole parts of the path and known names', () => {
  it.each(paths(product))('%s is product source', (path) => {
    expect(isProductSource(path, noPolicy)).toEqual({ source: true });
  });

  it.each(Object.entries(notProduct).flatMap(([why, text]) => paths(text).map((path) => [path, why])))(
    '%s is not: %s',
    (path, why) => {
      expect(isProductSource(path ?? '', noPolicy)).toEqual({ source: false, why });
    },
  );
});

describe('the policy', () => {
  const policy = {
    include: ['tests/seed-tenants.ts', '/docs/api/', '*.stories.tsx'],
    exclude: ['legacy/', '*.tpl.ts', '!keep.tpl.ts', '/src/docs/', '/docs/api/'],
  };

  it.each([
    ['what it includes is source, whatever it looks like', 'tests/seed-tenants.ts', { source: true }],
    ['a folder it includes with all below', 'docs/api/v1/terms.ts', { source: true }],
    ['a name it includes in any folder', 'src/ui/A.stories.tsx', { source: true }],
    ['a folder from the top is only that', 'src/docs/api/terms.ts', { source: false, why: 'excluded' }],
    ['what it excludes anywhere', 'src/legacy/a.ts', { source: false, why: 'excluded' }],
    ['a name it excludes', 'src/a.tpl.ts', { source: false, why: 'excluded' }],
    ['a name it takes back', 'src/keep.tpl.ts', { source: true }],
    ['the case of letters counts', 'src/Legacy/a.ts', { source: true }],
    ['a part of a name is no match', 'src/legacy-terms/a.ts', { source: true }],
    ['exclusion comes before the kind', 'legacy/tests/a.ts', { source: false, why: 'excluded' }],
    ['the rest is as without it', 'tests/a.ts', { source: false, why: 'test' }],
  ])('%s', (_, path, answer) => {
    expect(isProductSource(path, policy)).toEqual(answer);
  });

  it('does not make a language of what is none', () => {
    const isLanguage = (path: string): boolean => path.endsWith('.ts');
    expect(isProductSource('tests/a.png', { include: ['*'], exclude: [] }, { isLanguage })).toEqual({
      source: false,
      why: 'not a language',
    });
  });
});

describe('the folder that is scanned', () => {
  it.each([
    ['a folder of tests that was asked for is looked at', 'test/fixtures/src/a.ts', 'test/fixtures/', { source: true }],
    ['and what is a test in it is one', 'test/app/tests/a.ts', 'test/app/', { source: false, why: 'test' }],
    ['the way to it tells where the source begins', 'src/vendor/a.ts', 'src/', { source: true }],
    ['a translation that was asked for is looked at', 'locales/en.json', 'locales/', { source: true }],
  ])('%s', (_, path, folder, answer) => {
    expect(isProductSource(path, noPolicy, { folder })).toEqual(answer);
  });
});

describe('what no grammar reads', () => {
  const isLanguage = (path: string): boolean => path.endsWith('.ts');

  it('is no language', () => {
    expect(isProductSource('src/logo.png', noPolicy, { isLanguage })).toEqual({ source: false, why: 'not a language' });
    expect(isProductSource('src/logo.ts', noPolicy, { isLanguage })).toEqual({ source: true });
  });

  it('is first what its place says', () => {
    expect(isProductSource('docs/logo.png', noPolicy, { isLanguage })).toEqual({ source: false, why: 'documentation' });
  });
});
