import type { NoSource } from './why-skipped.ts';

/** Kinds that only the end of the name tells. */
const byExtension: ReadonlyMap<string, NoSource> = new Map(
  Object.entries({
    documentation: 'md mdx markdown rst adoc asciidoc txt org tex pod rdoc textile ipynb',
    style: 'css scss sass less styl pcss postcss',
    translation: 'po pot mo xlf xliff arb resx ftl',
    'lock file': 'lock lockb lockfile',
    test: 'snap feature',
  }).flatMap(([kind, names]) => names.split(' ').map((name) => [name, kind as NoSource] as const)),
);

const lockFiles = new Set(
  `package-lock.json npm-shrinkwrap.json pnpm-lock.yaml packages.lock.json go.sum go.work.sum package.resolved project.assets.json
  .terraform.lock.hcl module.bazel.lock`.split(/\s+/),
);

/** What drives the tools around a product, and no line of it. */
const tooling = [
  /^(package|composer|lerna|nx|turbo|angular|rush|deno|bower|renovate|biome|jsr|nest-cli|cspell|knip|typedoc|api-extractor|launchsettings)\.jsonc?$/i,
  /^(ts|js)config([.-][\w.-]+)?\.json$/,
  /^(pyproject|cargo|rustfmt|clippy|rust-toolchain|pipfile|bunfig|poetry|ruff|book|deny|taplo|gitleaks)(\.toml)?$/i,
  /^\.(eslintrc|prettierrc|babelrc|swcrc|stylelintrc|commitlintrc|lintstagedrc|releaserc|nycrc|c8rc|mocharc|huskyrc|rubocop|editorconfig|browserslistrc|markdownlint|pre-commit-config|golangci|gitlab-ci|travis|codecov|codeclimate|readthedocs|yarnrc|npmrc|dependabot|hadolint|yamllint|swiftlint|phpcs|php-cs-fixer|oxlintrc)(\.\w+)*$/,
  /^(pnpm-workspace|mkdocs|codecov|appveyor|bitbucket-pipelines|azure-pipelines|cloudbuild|buildspec|lefthook|renovate|dependabot|pubspec)\.ya?ml$/,
  /^(eslint|prettier|babel|webpack|rollup|vite|esbuild|tsup|tsdown|swc|postcss|tailwind|stylelint|commitlint|lint-staged|metro|rspack|knip|oxlint)\.config(\.\w+)?\.[cm]?[jt]s$/,
  /^(setup|noxfile)\.py$/,
  /^\.pnp\.c?js$/,
];

const setUp = [
  /^(conftest|tests)\.py$/,
  /^(jest|vitest|playwright|cypress|karma|wdio|codecept|protractor|nightwatch|jasmine|ava)[.-](config|conf|setup|workspace|preset|global-setup|polyfills|env)(\.\w+)*\.[cm]?[jt]sx?$/,
  /^(jest|vitest|test|tests)[-_.]?(setup|utils?|helpers?|bootstrap|environment|globals|server)\.[cm]?[jt]sx?$/i,
  /^(setup|init|global)[-_.]?(tests?|jest|vitest|mocha)\.[cm]?[jt]sx?$/i,
  /^(spec|rails|test|minitest|system|feature|swagger)_helper\.rb$/,
  /^(tests|test_utils|testing_utils)\.rs$/,
  /^\.env\.(test|testing|ci|e2e)(\.local)?$/,
  /^\.rspec$/,
];

/** Names by which runners of tests know them. */
const tests = [
  /\.(tests?|specs?|cy|e2e|e2e-spec|itest|test-d|spec-d|bench|benchmark)\.[A-Za-z0-9]+$/,
  /(^|[a-z0-9])([-_]tests?|_spec)\.[cm]?[jt]sx?$/,
  /[a-z0-9](-spec|Spec|Tests?)\.[cm]?js$/,
  /_test\.go$/,
  /^test_.*\.py$|_tests?\.py$/,
  /_(spec|test)\.rb$|^test_.*\.rb$/,
  /_tests?\.rs$/,
  /\w(Tests?|TestCase|TestBase|TestSuite|ITCase)\.(java|kts?|scala|groovy)$|[a-z0-9]IT\.(java|kt)$|^Test[A-Z]\w*\.(java|kt)$/,
  /\w(Tests?|TestCase|TestBase|Cest)\.(cs|php)$/,
];

/** Tests that are what a product is about: it splits traffic, or runs a laboratory. */
const productTest =
  /^((a-?b|split|multi-?variate|lab|blood|speed|stress|usability|drug|eye|hearing)[-_]?tests?|(lib|dist)test)\.\w+$/i;

const others: readonly (readonly [NoSource, RegExp])[] = [
  ['documentation', /\.(stories|story)\.[A-Za-z0-9]+$/],
  // Not `.env.example`: which variables there are is the product's, and a customer's name in one is a rule.
  ['documentation', /^(?!\.env\.).*[._-](example|sample|dist|template|tpl)$|^(?!\.env\.).*\.(example|sample)\.\w+$/],
  ['documentation', /^(openapi|swagger)([._-][\w.-]+)?\.(json|ya?ml)$|\.(openapi|swagger)\.(json|ya?ml)$/],
  ['documentation', /^(changelog|readme|license|licence|notice|authors|contributing|codeowners|copying)$/i],
  ['mock', /\.(mocks?|fakes?|stubs?)\.[A-Za-z0-9]+$|^mockServiceWorker\.js$|^mock_\w+\.go$|_mocks?\.go$/],
  ['fixture', /\.(fixtures?|seed|factory-bot)\.[A-Za-z0-9]+$|^\w*Seeder\.php$|^seeds\.rb$/],
  ['fixture', /^seed[_-](demo|dev|development|data|database|db|local|test|sample|example|fixture)s?([_-]\w+)*\.\w+$/],
  ['generated', /[.-]min\.[cm]?js$|\.(bundle|chunk)\.[cm]?js$/],
  [
    'generated',
    /\.pb(\.\w+)?\.(go|cc|h|ts|js|rb|dart)$|\.pb\.go$|_pb2(_grpc)?\.pyi?$|(_grpc)?_pb(\.d)?\.([jt]s|rb)$|_pb_service\.[jt]s$/,
  ],
  ['generated', /\.(g|g\.i|designer|generated|gen|freezed|codegen)\.[A-Za-z0-9]+$/i],
  [
    'generated',
    /_generated\.[A-Za-z0-9]+$|^zz_generated\.|^wire_gen\.go$|^bindata\.go$|ModelSnapshot\.cs$|^AssemblyInfo\.cs$/,
  ],
];

const placed: readonly (readonly [NoSource, RegExp])[] = [
  ['generated', /(^|\/)db\/(schema\.rb|structure\.sql)$/],
  ['fixture', /(^|\/)(db|database|prisma|knex|drizzle|sql|supabase|data)\/seeds?\.\w+$/],
  ['fixture', /^(scripts\/)?seeds?\.(sql|py|rb|[cm]?[jt]s)$/],
  ['test', /^tests?\.(py|rb|[cm]?[jt]s)$/],
];

/**
 * All of them at once, of a name in lower case, and more than they: nearly no file of a product has a name any tool knows. Without regard to
 * case the pattern itself would take longer to make than a small scan.
 */
const anyPattern = new RegExp(
  [
    ...setUp,
    ...tests,
    ...tooling,
    ...others.map(([, pattern]) => pattern),
    /^(schema\.rb|structure\.sql|(seed|test)s?\.\w+)$/,
  ]
    .map(({ source }) => `(?:${source.toLowerCase()})`)
    .join('|'),
);

/** What the name of a file says about it; `folders` are the parts of its path before the name. */
export function kindByName(folders: readonly string[], name: string): NoSource | undefined {
  const lower = name.toLowerCase();
  const extension = /\.([a-z0-9]+)$/.exec(lower)?.[1] ?? '';
  if (lockFiles.has(lower)) return 'lock file';
  const sure = byExtension.get(extension);
  if (sure) return sure;
  if (!anyPattern.test(lower)) return undefined;
  if (isTest(folders, name)) return 'test';
  const path = [...folders, name].join('/');
  for (const [kind, pattern] of placed) if (pattern.test(path)) return kind;
  for (const [kind, pattern] of others) if (pattern.test(name)) return kind;
  return tooling.some((pattern) => pattern.test(name)) ? 'tooling' : undefined;
}

function isTest(folders: readonly string[], name: string): boolean {
  if (setUp.some((pattern) => pattern.test(name))) return true;
  if (!tests.some((pattern) => pattern.test(name))) return false;
  // Go compiles no such file into a product, whatever it is about.
  if (name.endsWith('.go')) return true;
  if (productTest.test(name)) return false;
  // Maven and Gradle keep tests in `src/test`, Rails in `test/` or `spec/`: what lies in the source only has a name like theirs.
  const isMain = folders.some((folder, index) => folder === 'main' && folders[index - 1] === 'src');
  return (
    !(isMain && /\.(java|kts?|scala|groovy)$/.test(name)) && !(folders.includes('app') && name.endsWith('_test.rb'))
  );
}
