/** What a table holds is not what was written to it. It is a cache: remove the file and go on without. */
export class TableDamaged extends Error {
  override readonly name = 'TableDamaged';
  readonly file: string;

  constructor(file: string, options?: ErrorOptions) {
    super(`${file} is damaged`, options);
    this.file = file;
  }
}
