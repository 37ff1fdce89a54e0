import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMessageConnection, type MessageConnection } from 'vscode-jsonrpc/node';
import { generateSchemas } from '../../engine/schemas/generate-schemas.ts';
import { smallSettings } from '../fixtures/small-repository.ts';
import { writeFiles } from '../temporary-repository.ts';

interface Problem {
  message: string;
  severity: number;
  source: string;
  range: { start: { line: number } };
}
interface Completion {
  label: string;
  documentation?: string | { value: string };
}

const server = fileURLToPath(
  new URL('../../node_modules/yaml-language-server/bin/yaml-language-server', import.meta.url),
);

/** The editor's side of the YAML language server, in a folder that holds our generated schemas. */
class Editor {
  readonly #root: string;
  readonly #process: ChildProcess;
  readonly #connection: MessageConnection;
  readonly #problems = new Map<string, (problems: Problem[]) => void>();

  constructor(root: string) {
    this.#root = root;
    this.#process = spawn(process.execPath, [server, '--stdio'], { stdio: ['pipe', 'pipe', 'ignore'] });
    const { stdout, stdin } = this.#process;
    if (!stdout || !stdin) throw new Error('the language server has no pipes');
    this.#connection = createMessageConnection(stdout, stdin);
    this.#connection.onRequest('workspace/configuration', ({ items }: { items: unknown[] }) => items.map(() => null));
    this.#connection.onRequest('client/registerCapability', () => null);
    this.#connection.onNotification(
      'textDocument/publishDiagnostics',
      ({ uri, diagnostics }: { uri: string; diagnostics: Problem[] }) => {
        this.#problems.get(uri)?.(diagnostics);
      },
    );
    this.#connection.listen();
  }

  async start(): Promise<void> {
    const rootUri = pathToFileURL(this.#root).href;
    const textDocument = {
      completion: { completionItem: { documentationFormat: ['markdown'], snippetSupport: true } },
      hover: { contentFormat: ['markdown'] },
    };
    await this.#connection.sendRequest('initialize', {
      processId: process.pid,
      rootUri,
      capabilities: { textDocument },
    });
    await this.#connection.sendNotification('initialized', {});
    const yaml = { validate: true, completion: true, hover: true, schemaStore: { enable: false } };
    await this.#connection.sendNotification('workspace/didChangeConfiguration', { settings: { yaml } });
  }

  /** Opens a file that says where its schema is, as ours do, and waits for the first judgement. */
  async open(path: string, schema: string, body: string): Promise<{ uri: string; problems: string[] }> {
    const text = `# yaml-language-server: $schema=../schemas/generated/${schema}.schema.json\n${body}`;
    const uri = pathToFileURL(join(this.#root, path)).href;
    const problems = new Promise<Problem[]>((resolve) => this.#problems.set(uri, resolve));
    await this.#connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId: 'yaml', version: 1, text },
    });
    const found = await problems;
    return { uri, problems: found.map(({ message, range }) => `${range.start.line + 1} ${message}`) };
  }

  async complete(uri: string, line: number, column: number): Promise<Map<string, string>> {
    const list: { items: Completion[] } = await this.#connection.sendRequest(
      'textDocument/completion',
      this.#at(uri, line, column),
    );
    return new Map(
      list.items.map(({ label, documentation }) => [
        label,
        typeof documentation === 'string' ? documentation : (documentation?.value ?? ''),
      ]),
    );
  }

  async hover(uri: string, line: number, column: number): Promise<string> {
    const hover: { contents: { value: string } } | null = await this.#connection.sendRequest(
      'textDocument/hover',
      this.#at(uri, line, column),
    );
    return hover?.contents.value ?? '';
  }

  /** Lines and columns as people count them. */
  #at = (uri: string, line: number, column: number) => ({
    textDocument: { uri },
    position: { line: line - 1, character: column - 1 },
  });

  stop(): void {
    this.#connection.dispose();
    this.#process.kill();
  }
}

describe('an editor with the YAML language server', () => {
  const root = mkdtempSync(join(tmpdir(), 'proviso-editor-'));
  let editor: Editor;

  beforeAll(async () => {
    writeFiles(root, Object.fromEntries(generateSchemas(smallSettings).map(({ path, text }) => [path, text])));
    editor = new Editor(root);
    await editor.start();
  });
  afterAll(() => {
    editor.stop();
    rmSync(root, { recursive: true, force: true });
  });

  it('says nothing about a good file', async () => {
    const { problems } = await editor.open(
      'customers/good.yaml',
      'customer',
      'name: Acme\nplan: starter@1\nbilling: { method: card }\n',
    );
    expect(problems).toEqual([]);
  });

  it('marks what is wrong, where it stands', async () => {
    const { problems } = await editor.open(
      'customers/bad.yaml',
      'customer',
      'name: Acme\nplan: studio\nexeptions: []\nquantities: { seatz: 3 }\nbilling: { method: crad, tax: { rate: 19 } }\n',
    );
    expect(problems.sort()).toEqual([
      '3 This is not a plan with its version like studio@2.',
      '4 Property exeptions is not allowed.',
      '5 Property seatz is not allowed.',
      '6 Incorrect type. Expected "string".',
      '6 Value is not accepted. Valid values: "card", "invoice", "manual", "unset".',
    ]);
  });

  it('offers the keys of a file with what they are for', async () => {
    const { uri } = await editor.open('customers/keys.yaml', 'customer', 'name: Acme\nplan: starter@1\nq\n');
    const offered = await editor.complete(uri, 4, 2);
    expect([...offered.keys()]).toContain('quantities');
    expect(offered.get('quantities')).toContain('Totals');
  });

  it('offers the settings of this catalogue with their documentation, and their values', async () => {
    const { uri } = await editor.open(
      'plans/studio@1.yaml',
      'plan',
      'name: Studio\nrank: 1\nsettings:\n  \nprice: { free: true }\n',
    );
    const settings = await editor.complete(uri, 5, 3);
    expect([...settings.keys()]).toEqual(expect.arrayContaining(Object.keys(smallSettings)));
    expect(settings.get('apiCalls')).toContain('Calls. Without it: 1000.');

    const values = await editor.open(
      'plans/studio@2.yaml',
      'plan',
      'name: Studio\nrank: 1\nsettings:\n  dataRegion: \n  apiCalls: u\nprice: { free: true }\n',
    );
    expect([...(await editor.complete(values.uri, 5, 15)).keys()]).toEqual(['us', 'eu']);
    expect([...(await editor.complete(values.uri, 6, 14)).keys()]).toContain('unlimited');
  });

  it('explains a setting and a term under the pointer', async () => {
    const { uri } = await editor.open(
      'plans/hover@1.yaml',
      'plan',
      'name: Studio\nrank: 1\nsettings: { apiCalls: 5 }\nprice: { free: true }\nstandardTerms: { billing: { paymentTerms: net30 } }\n',
    );
    expect(await editor.hover(uri, 4, 14)).toContain('Calls. Without it: 1000.');
    expect(await editor.hover(uri, 6, 30)).toContain('Days until an invoice is due');
  });

  it('follows the decision of an exception', async () => {
    const { uri, problems } = await editor.open(
      'customers/decision.yaml',
      'customer',
      'name: Acme\nplan: starter@1\nexceptions:\n  - id: EX-1\n    decision: feature\n    set: { sso: true }\n    t\n',
    );
    expect(problems.some((problem) => problem.startsWith('7 ') && problem.includes('set'))).toBe(true);
    const offered = await editor.complete(uri, 8, 6);
    expect([...offered.keys()]).toContain('tracking');
  });
});
