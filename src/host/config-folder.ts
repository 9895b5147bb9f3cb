import { homedir } from 'node:os';
import { join } from 'node:path';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Where what belongs to the person and not to a project is kept. */
export function configFolder(env: Environment, platform: string = process.platform): string {
  const chosen = env['LULL_CONFIG_DIR'];
  if (chosen) return chosen;
  const home = env['HOME'] || homedir();
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'lull');
  if (platform === 'win32') return join(env['APPDATA'] || join(home, 'AppData', 'Roaming'), 'lull');
  return join(env['XDG_CONFIG_HOME'] || join(home, '.config'), 'lull');
}

/** Where what is large and can be fetched again is kept. */
export function dataFolder(env: Environment, platform: string = process.platform): string {
  const chosen = env['LULL_DATA_DIR'];
  if (chosen) return chosen;
  const home = env['HOME'] || homedir();
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'lull');
  if (platform === 'win32') {
    return join(env['LOCALAPPDATA'] || join(home, 'AppData', 'Local'), 'lull');
  }
  return join(env['XDG_DATA_HOME'] || join(home, '.local', 'share'), 'lull');
}
