import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { DictationError, type Note } from '../../core/index.ts';
import {
  type Environment,
  listProject,
  type ProjectList,
  readKeytermsFile,
  readVocabulary,
} from '../../host/index.ts';
import {
  createReplacer,
  harvestKeyterms,
  type LineProblem,
  parseKeyterms,
  parseReplacements,
} from '../../text/index.ts';
import type { DictateArguments } from '../arguments.ts';
import { systemReason } from '../exit-codes.ts';

/** What is to be expected and what is to be written, as far as it is known before the first word. */
export interface Wordbook {
  /** Of the arguments and of files that list them. */
  readonly keyterms: readonly string[];
  readonly replace: (heard: string) => string;
  readonly project?: Project;
  /** Lines that say nothing that can be used. */
  readonly notes: readonly Note[];
}

export interface Project {
  /** Its tracked files, by their paths in it. */
  readonly files: readonly string[];
  /**
   * Names of its code that fit beside `keyterms`; never rejects. To read it all takes longer than a
   * microphone may wait.
   */
  harvest(keyterms: readonly string[]): Promise<readonly string[]>;
}

type Wishes = Pick<DictateArguments, 'options' | 'keytermsPath' | 'replacePath' | 'project'>;

/** @throws DictationError `invalid-option` where a file or the project cannot be read */
export async function readWordbook(
  { options, keytermsPath, replacePath, project: folder }: Wishes,
  env: Environment,
): Promise<Wordbook> {
  const notes: Note[] = [];
  const note = (code: string, path: string, problems: readonly LineProblem[]) => {
    for (const { line, message } of problems) {
      notes.push({ code, message: `Line ${line} of ${path}: ${message}` });
    }
  };
  const keyterms = [...(options.keyterms ?? [])];
  const addKeyterms = (text: string, path: string) => {
    const listed = parseKeyterms(text);
    note('keyterm-ignored', path, listed.problems);
    keyterms.push(...listed.keyterms);
  };

  if (keytermsPath !== undefined) {
    addKeyterms(await readText(keytermsPath, '--keyterms'), keytermsPath);
  }
  const own = folder === undefined ? undefined : await openProject(folder, env);
  const ownText = folder === undefined || own === undefined ? undefined : readKeytermsFile(folder);
  if (ownText !== undefined) addKeyterms(ownText, '.lull/keyterms');

  const replaced = parseReplacements(
    replacePath === undefined ? '' : await readText(replacePath, '--replace'),
  );
  note('replacement-ignored', replacePath ?? '', replaced.problems);
  return {
    keyterms,
    replace: createReplacer(replaced.replacements),
    notes,
    ...(own === undefined ? {} : { project: own }),
  };
}

async function openProject(folder: string, env: Environment): Promise<Project> {
  const list = await listProject(folder, { env, platform: process.platform });
  if (list !== undefined) return projectOf(folder, list);
  const message = `--project finds no git repository at ${resolve(folder)}; name the folder of one, or leave it out (git decides which files are read)`;
  throw new DictationError('invalid-option', message);
}

function projectOf(folder: string, list: ProjectList): Project {
  return {
    files: list.files,
    async harvest(keyterms) {
      try {
        return harvestKeyterms(keyterms, await readVocabulary(folder, list));
      } catch {
        // The folder went away meanwhile, which is no reason to end a dictation.
        return [];
      }
    },
  };
}

async function readText(path: string, option: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    const message = `${option} cannot read ${path} (${systemReason(cause)}); name a text file`;
    throw new DictationError('invalid-option', message, { cause });
  }
}
