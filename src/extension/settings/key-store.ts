import type { Disposable, SecretStorage } from 'vscode';
import { checkKey } from '../../core/index.ts';

const NAME = 'lull.apiKey';

/** The AssemblyAI key, in the secret storage of the editor and nowhere else. */
export class KeyStore {
  readonly #secrets: SecretStorage;

  constructor(secrets: SecretStorage) {
    this.#secrets = secrets;
  }

  async find(): Promise<string | undefined> {
    const key = await this.#secrets.get(NAME);
    return key || undefined;
  }

  /** @throws DictationError `malformed-key` */
  async save(key: string): Promise<void> {
    await this.#secrets.store(NAME, checkKey(key.trim(), 'That key'));
  }

  async remove(): Promise<void> {
    await this.#secrets.delete(NAME);
  }

  /** Also tells of changes made in another window. */
  onChange(changed: () => void): Disposable {
    return this.#secrets.onDidChange(({ key }) => {
      if (key === NAME) changed();
    });
  }
}
