import type { Disposable, SecretStorage } from 'vscode';
import { checkKey, isAssemblyAi } from '../../core/index.ts';

const NAME = 'lull.apiKey';

/**
 * Keys in the secret storage of the editor and nowhere else. Each belongs to one server: that of
 * AssemblyAI is given to no other.
 */
export class KeyStore {
  readonly #secrets: SecretStorage;

  constructor(secrets: SecretStorage) {
    this.#secrets = secrets;
  }

  async find(endpoint: string): Promise<string | undefined> {
    const key = await this.#secrets.get(nameFor(endpoint));
    return key || undefined;
  }

  /** @throws DictationError `malformed-key` */
  async save(key: string, endpoint: string): Promise<void> {
    await this.#secrets.store(nameFor(endpoint), checkKey(key.trim(), 'That key'));
  }

  async remove(endpoint: string): Promise<void> {
    await this.#secrets.delete(nameFor(endpoint));
  }

  /** Also tells of changes made in another window. */
  onChange(changed: () => void): Disposable {
    return this.#secrets.onDidChange(({ key }) => {
      if (key.startsWith(NAME)) changed();
    });
  }
}

function nameFor(endpoint: string): string {
  return isAssemblyAi(endpoint) ? NAME : `${NAME}@${new URL(endpoint).host}`;
}
