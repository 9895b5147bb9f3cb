import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { DictationError } from '../../core/index.ts';
import { dataFolder } from '../../host/index.ts';
import { DEFAULT_MODEL } from './catalogue.ts';

/** What makes a folder a Vosk model. */
export const MODEL_FILES = ['am/final.mdl', 'conf/mfcc.conf', 'conf/model.conf'];

export interface InstalledModel {
  readonly name: string;
  readonly path: string;
}

export function modelsFolder(): string {
  return join(dataFolder(process.env), 'models');
}

/** The one that is used unless another is named comes first. */
export async function installedModels(folder = modelsFolder()): Promise<readonly InstalledModel[]> {
  // A draft's name begins with a dot; it is no model yet.
  const names = (await namesIn(folder)).filter((name) => !name.startsWith('.'));
  const models: InstalledModel[] = [];
  for (const name of names.toSorted(byPreference)) {
    const path = join(folder, name);
    if (await isModel(path)) models.push({ name, path });
  }
  return models;
}

/** @throws DictationError `invalid-option` where there is none of that name, `output-failed` */
export async function removeModel(name: string, folder = modelsFolder()): Promise<InstalledModel> {
  const installed = await installedModels(folder);
  const model = installed.find((one) => one.name === name);
  if (!model) {
    const known = installed.map((one) => one.name).join(', ');
    const rest = known === '' ? 'no other is either' : `these are: ${known}`;
    throw new DictationError('invalid-option', `No model of that name is installed; ${rest}`);
  }
  try {
    await rm(model.path, { recursive: true });
  } catch (cause) {
    const message = `${model.path} could not be removed; delete the folder yourself`;
    throw new DictationError('output-failed', message, { cause });
  }
  return model;
}

export async function isModel(folder: string): Promise<boolean> {
  return hasFiles(folder, MODEL_FILES);
}

export async function hasFiles(folder: string, files: readonly string[]): Promise<boolean> {
  const found = await Promise.all(files.map((file) => isFile(join(folder, file))));
  return found.every(Boolean);
}

async function isFile(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    // Absent or unreadable: of no use either way.
    return false;
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch {
    // Nothing was ever installed.
    return [];
  }
}

function byPreference(left: string, right: string): number {
  const rank = (name: string) => (name === DEFAULT_MODEL ? 0 : 1);
  return rank(left) - rank(right) || left.localeCompare(right);
}
